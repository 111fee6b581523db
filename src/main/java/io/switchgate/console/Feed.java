package io.switchgate.console;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Tells listeners every second what there is to see, all the same at once, and looks only
 * while somebody listens.
 */
final class Feed implements SmartLifecycle {

	/**
	 * Listeners at once.
	 */
	static final int MOST_LISTENERS = 16;

	private static final Duration PERIOD = Duration.ofSeconds(1);

	/**
	 * A browser that listens longer comes again.
	 */
	private static final Duration LIFETIME = Duration.ofMinutes(10);

	/**
	 * One that takes nothing for so long loses its place. It may be gone: Spring cancels
	 * nothing if a listener leaves just before the first summary.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Flux<String> summaries;

	private final AtomicInteger listeners = new AtomicInteger();

	private volatile Sinks.Empty<Void> end = Sinks.empty();

	private volatile boolean running;

	Feed(Mono<String> look) {
		this.summaries = Flux.interval(Duration.ZERO, PERIOD).onBackpressureDrop().concatMap((tick) -> look, 1).share();
	}

	boolean isOpen() {
		return this.running && this.listeners.get() < MOST_LISTENERS;
	}

	/**
	 * Returns summaries in JSON for one listener, whose slowness is nobody else's.
	 */
	Flux<String> listen() {
		return Flux.defer(this::join).takeUntilOther(this.end.asMono()).take(LIFETIME);
	}

	private Flux<String> join() {
		if (this.listeners.incrementAndGet() > MOST_LISTENERS) {
			this.listeners.decrementAndGet();
			return Flux.empty();
		}
		return this.summaries.onBackpressureLatest()
			.timeout(PATIENCE, Mono.empty())
			.doFinally((signal) -> this.listeners.decrementAndGet());
	}

	@Override
	public void start() {
		this.end = Sinks.empty();
		this.running = true;
	}

	/**
	 * Ends all, so that no server waits for them.
	 */
	@Override
	public void stop() {
		this.running = false;
		this.end.tryEmitEmpty();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * After the drain, which is worth seeing, and before the servers.
	 */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 256;
	}

}
