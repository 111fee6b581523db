package io.switchgate.tunnel;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import io.netty.channel.EventLoop;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Knows every open tunnel. Tunnels are kept by event loop and touched on it only, so that
 * nothing here is locked.
 */
public final class TunnelRegistry implements TunnelListener {

	private final Map<EventLoop, Set<Tunnel>> tunnels = new ConcurrentHashMap<>();

	private final AtomicInteger open = new AtomicInteger();

	@Override
	public void opened(Tunnel tunnel) {
		this.tunnels.computeIfAbsent(tunnel.eventLoop(), (loop) -> new HashSet<>()).add(tunnel);
		this.open.incrementAndGet();
	}

	@Override
	public void closed(Tunnel tunnel) {
		if (this.tunnels.getOrDefault(tunnel.eventLoop(), Set.of()).remove(tunnel)) {
			this.open.decrementAndGet();
		}
	}

	/**
	 * Returns how many tunnels are open.
	 * @return count
	 */
	public int open() {
		return this.open.get();
	}

	/**
	 * Asks every open tunnel.
	 * @param question called on the tunnel's event loop, so it must not block; it may end
	 * the tunnel
	 * @param <T> type of the answers
	 * @return the answers, in no order
	 */
	public <T> Mono<List<T>> ask(Function<Tunnel, T> question) {
		return Flux.fromIterable(this.tunnels.entrySet())
			.flatMap((entry) -> Mono.fromCallable(() -> List.copyOf(entry.getValue()).stream().map(question).toList())
				.subscribeOn(Schedulers.fromExecutor(entry.getKey())))
			.flatMapIterable(Function.identity())
			.collectList();
	}

	/**
	 * Tells every open tunnel something, soon.
	 * @param action called on the tunnel's event loop, so it must not block; it may end
	 * the tunnel
	 */
	public void tell(Consumer<Tunnel> action) {
		this.tunnels.forEach((loop, ofLoop) -> loop.execute(() -> List.copyOf(ofLoop).forEach(action)));
	}

	/**
	 * Tells one tunnel something later, unless it has closed by then.
	 * @param tunnel tunnel to tell it
	 * @param delay time to wait
	 * @param action called on the tunnel's event loop, so it must not block; it may end
	 * the tunnel
	 */
	public void tell(Tunnel tunnel, Duration delay, Consumer<Tunnel> action) {
		EventLoop loop = tunnel.eventLoop();
		loop.schedule(() -> {
			if (this.tunnels.getOrDefault(loop, Set.of()).contains(tunnel)) {
				action.accept(tunnel);
			}
		}, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

}
