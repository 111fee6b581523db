package io.switchgate.handshake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.switchgate.drain.Drains;
import io.switchgate.journal.HandshakeTrace;
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

	private final HandshakeProperties properties;

	private final Drains drains;

	private final HandshakeTurns turns;

	/**
	 * No more entries than there are routes.
	 */
	private final Map<String, HandshakeRoom> inFlight = new ConcurrentHashMap<>();

	AdmissionFilter(HandshakeProperties properties, Drains drains) {
		this.properties = properties;
		this.drains = drains;
		int rate = (properties.rate() > 0) ? properties.rate()
				: RATE_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
		this.turns = new HandshakeTurns(rate, properties.rateWait());
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		HandshakeTrace trace = HandshakeRecorder.find(exchange);
		if (trace == null) {
			return chain.filter(exchange);
		}
		String route = SwitchFilter.route(exchange);
		if (this.drains.refuses(route)) {
			return Mono.error(draining(route));
		}
		String client = trace.client();
		return this.turns.await(client, ClientExchange.channel(exchange.getRequest()).eventLoop())
			.then(Mono.defer(() -> enter(exchange, chain, ClientNetwork.of(client))));
	}

	static ProblemException draining(String route) {
		String expected = " (expected: later, or another instance)";
		return new ProblemException(ProblemCause.DRAINING, "No new tunnels of route " + route + expected,
				"No new tunnels" + expected, null);
	}

	private Mono<Void> enter(ServerWebExchange exchange, GatewayFilterChain chain, Object network) {
		String route = SwitchFilter.route(exchange);
		HandshakeRoom room = this.inFlight.computeIfAbsent(route,
				(id) -> new HandshakeRoom(this.properties.inFlight()));
		if (!room.enter(network)) {
			String found = "More than " + this.properties.inFlight() + " handshakes";
			String expected = " at once (expected: at most that many)";
			return Mono.error(new ProblemException(ProblemCause.TOO_MANY_HANDSHAKES,
					found + " of route " + route + expected, found + expected, null));
		}
		return chain.filter(exchange).doFinally((signal) -> room.leave(network));
	}

}
