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
	 * A browser that listens longer comes again. One that is gone, or reads no more,
	 * takes a place no longer than this.
	 */
	private static final Duration LIFETIME = Duration.ofMinutes(10);

	private final Flux<Summary> summaries;

	private final AtomicInteger listeners = new AtomicInteger();

	private volatile Sinks.Empty<Void> end = Sinks.empty();

	private volatile boolean running;

	Feed(Mono<Summary> look) {
		this.summaries = Flux.interval(Duration.ZERO, PERIOD).onBackpressureDrop().concatMap((tick) -> look, 1).share();
	}

	boolean isOpen() {
		return this.running && this.listeners.get() < MOST_LISTENERS;
	}

	/**
	 * Returns summaries for one listener, whose slowness is nobody else's.
	 */
	Flux<Summary> listen() {
		return Flux.defer(this::join).takeUntilOther(this.end.asMono()).take(LIFETIME);
	}

	private Flux<Summary> join() {
		if (this.listeners.incrementAndGet() > MOST_LISTENERS) {
			this.listeners.decrementAndGet();
			return Flux.empty();
		}
		return this.summaries.onBackpressureLatest().doFinally((signal) -> this.listeners.decrementAndGet());
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
