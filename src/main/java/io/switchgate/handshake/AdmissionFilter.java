package io.switchgate.handshake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.switchgate.drain.Drains;
import io.switchgate.exchange.FilterOrder;
import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Admits handshakes at a steady rate. It also limits how many are in progress on one
 * route, so that a route whose upstream hangs leaves room for the others. It admits none
 * where tunnels are being drained.
 */
final class AdmissionFilter implements GlobalFilter, Ordered {

	/**
	 * Handshakes per second and processor: about half of what one can do, without TLS and
	 * other work.
	 */
	private static final int RATE_PER_PROCESSOR = 500;

	private final HandshakeProperties properties;

	private final Drains drains;

	private final HandshakeTurns turns;

	/**
	 * Has at most as many entries as there are routes.
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
		return FilterOrder.ADMISSION.value();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Handshake handshake = Handshake.find(exchange);
		if (handshake == null) {
			return chain.filter(exchange);
		}
		if (this.drains.refuses(handshake.route().getId())) {
			return Mono.error(handshake.draining());
		}
		return this.turns.await(handshake.address(), handshake.client().eventLoop())
			.then(Mono.defer(() -> enter(handshake, chain.filter(exchange))));
	}

	private Mono<Void> enter(Handshake handshake, Mono<Void> inside) {
		String route = handshake.route().getId();
		Object network = ClientNetwork.of(handshake.address());
		HandshakeRoom room = this.inFlight.computeIfAbsent(route,
				(id) -> new HandshakeRoom(this.properties.inFlight()));
		if (!room.enter(network)) {
			String found = "More than " + this.properties.inFlight() + " handshakes";
			String expected = " at once (expected: at most that many)";
			return Mono.error(new ProblemException(ProblemCause.TOO_MANY_HANDSHAKES,
					found + " of route " + route + expected, found + expected, null));
		}
		return inside.doFinally((signal) -> room.leave(network));
	}

}
