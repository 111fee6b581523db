package io.switchgate.handshake;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.switchgate.drain.Drains;
import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Admits handshakes in a steady stream, and no more at once on a route than its upstream
 * can be expected to answer: one route whose upstream hangs leaves the others their room.
 * None is admitted where tunnels are being drained.
 */
final class AdmissionFilter implements GlobalFilter, Ordered {

	/**
	 * Inside {@link SwitchFilter}, which reports every handshake, and before the filters
	 * of the route, which may cost something.
	 */
	static final int ORDER = 0;

	/**
	 * About half of what a processor can do, TLS and other work aside.
	 */
	private static final int RATE_PER_PROCESSOR = 500;

	/**
	 * A token bucket that is filled ten times a second is steady enough.
	 */
	private static final int REFILLS_PER_SECOND = 10;

	private final HandshakeProperties properties;

	private final Drains drains;

	private final int rate;

	private final RateLimiter bucket;

	/**
	 * No more entries than there are routes.
	 */
	private final Map<String, Semaphore> inFlight = new ConcurrentHashMap<>();

	AdmissionFilter(HandshakeProperties properties, Drains drains) {
		this.properties = properties;
		this.drains = drains;
		this.rate = (properties.rate() > 0) ? properties.rate()
				: RATE_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
		this.bucket = bucket(this.rate, properties.rateWait());
	}

	private static RateLimiter bucket(int rate, Duration longestWait) {
		int refill = Math.max(1, rate / REFILLS_PER_SECOND);
		return RateLimiter.of("handshakes",
				RateLimiterConfig.custom()
					.limitForPeriod(refill)
					.limitRefreshPeriod(Duration.ofSeconds(1).multipliedBy(refill).dividedBy(rate))
					.timeoutDuration(longestWait)
					.build());
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		if (HandshakeRecorder.find(exchange) == null) {
			return chain.filter(exchange);
		}
		String route = SwitchFilter.route(exchange);
		if (this.drains.refuses(route)) {
			return Mono.error(draining(route));
		}
		Mono<Void> admitted = Mono.defer(() -> enter(exchange, chain));
		long wait = this.bucket.reservePermission();
		if (wait < 0) {
			return Mono.error(new ProblemException(ProblemCause.HANDSHAKE_RATE_EXCEEDED,
					"More than " + this.rate + " handshakes in a second (expected: at most that many)"));
		}
		return (wait == 0) ? admitted
				: Mono
					.delay(Duration.ofNanos(wait),
							Schedulers.fromExecutorService(ClientExchange.channel(exchange.getRequest()).eventLoop()))
					.then(admitted);
	}

	static ProblemException draining(String route) {
		String expected = " (expected: later, or another instance)";
		return new ProblemException(ProblemCause.DRAINING, "No new tunnels of route " + route + expected,
				"No new tunnels" + expected, null);
	}

	private Mono<Void> enter(ServerWebExchange exchange, GatewayFilterChain chain) {
		String route = SwitchFilter.route(exchange);
		Semaphore room = this.inFlight.computeIfAbsent(route, (id) -> new Semaphore(this.properties.inFlight()));
		if (!room.tryAcquire()) {
			String found = "More than " + this.properties.inFlight() + " handshakes";
			String expected = " at once (expected: at most that many)";
			return Mono.error(new ProblemException(ProblemCause.TOO_MANY_HANDSHAKES,
					found + " of route " + route + expected, found + expected, null));
		}
		return chain.filter(exchange).doFinally((signal) -> room.release());
	}

}
