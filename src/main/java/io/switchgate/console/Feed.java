package io.switchgate.console;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Sends a summary to all listeners every second. It makes summaries only while somebody
 * listens.
 */
final class Feed implements SmartLifecycle {

	/**
	 * Most listeners at the same time.
	 */
	static final int MOST_LISTENERS = 16;

	private static final Duration PERIOD = Duration.ofSeconds(1);

	/**
	 * Longest time of one subscription. A browser then connects again.
	 */
	private static final Duration LIFETIME = Duration.ofMinutes(10);

	/**
	 * A listener that reads nothing for this time loses its place. It may have left:
	 * Spring cancels nothing if a listener leaves just before the first summary.
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
	 * Returns summaries in JSON for one listener. A slow listener does not delay the
	 * others.
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
	 * Ends all subscriptions, so that no server waits for them.
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
	 * Stops after the drain, which operators want to watch, and before the servers.
	 */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 256;
	}

}
