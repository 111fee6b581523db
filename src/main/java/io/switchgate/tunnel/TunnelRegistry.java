package io.switchgate.tunnel;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.netty.channel.EventLoop;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Knows every open tunnel. Tunnels open, close and answer only on their event loop, so
 * nothing here needs a lock. Work on many tunnels is spread over many turns of the loop.
 */
public final class TunnelRegistry implements TunnelListener {

	private final Map<EventLoop, LoopTunnels> loops = new ConcurrentHashMap<>();

	@Override
	public void opened(Tunnel tunnel) {
		of(tunnel.eventLoop()).add(tunnel);
	}

	@Override
	public void closed(Tunnel tunnel) {
		of(tunnel.eventLoop()).remove(tunnel);
	}

	private LoopTunnels of(EventLoop loop) {
		return this.loops.computeIfAbsent(loop, LoopTunnels::new);
	}

	/**
	 * Returns how many tunnels are open.
	 */
	public int open() {
		return this.loops.values().stream().mapToInt(LoopTunnels::size).sum();
	}

	/**
	 * Returns the open tunnels. Any thread may call it, but of a tunnel it may read only
	 * what does not need the tunnel's event loop. Tunnels that open or close during that
	 * time may be missing.
	 * @return tunnels, in no order
	 */
	public Stream<Tunnel> tunnels() {
		return this.loops.values().stream().flatMap(LoopTunnels::stream);
	}

	/**
	 * Asks every open tunnel.
	 * @param question called on the tunnel's event loop, so it must not block; it may end
	 * the tunnel
	 * @return the answers, in no order
	 */
	public <T> Mono<List<T>> ask(Function<Tunnel, T> question) {
		return Flux.fromIterable(this.loops.values())
			.flatMap((loop) -> Mono.fromFuture(() -> loop.ask(question)))
			.flatMapIterable(Function.identity())
			.collectList();
	}

	/**
	 * Asks some tunnels. Only those that are still open answer.
	 * @param question called on the tunnel's event loop, so it must not block; it may end
	 * the tunnel
	 * @return the answers, in no order
	 */
	public <T> Mono<List<T>> ask(Collection<Tunnel> tunnels, Function<Tunnel, T> question) {
		return Flux.fromIterable(tunnels.stream().collect(Collectors.groupingBy(Tunnel::eventLoop)).entrySet())
			.flatMap((entry) -> Mono.fromFuture(() -> of(entry.getKey()).ask(entry.getValue(), question)))
			.flatMapIterable(Function.identity())
			.collectList();
	}

	/**
	 * Runs an action for every open tunnel, soon but not at once.
	 * @param action called on the tunnel's event loop, so it must not block; it may end
	 * the tunnel
	 */
	public void tell(Consumer<Tunnel> action) {
		this.loops.values().forEach((loop) -> loop.ask((tunnel) -> {
			action.accept(tunnel);
			return true;
		}));
	}

	/**
	 * Runs an action for one tunnel later, unless it has closed by then.
	 * @param action called on the tunnel's event loop, so it must not block; it may end
	 * the tunnel
	 */
	public void tell(Tunnel tunnel, Duration delay, Consumer<Tunnel> action) {
		EventLoop loop = tunnel.eventLoop();
		loop.schedule(() -> {
			if (of(loop).contains(tunnel)) {
				action.accept(tunnel);
			}
		}, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

}
