package io.switchgate.handshake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.switchgate.drain.Drains;
import io.switchgate.exchange.FilterOrder;

/**
 * Admits handshakes to their route, at a steady rate if one is set. It limits how many
 * are in progress on one route, so that a route whose upstream hangs leaves room for the
 * others. It admits none where tunnels are being drained.
 */
final class AdmissionFilter implements GlobalFilter, Ordered {

	/**
	 * Most handshakes that wait for places, over all routes. It bounds memory when the
	 * upstreams of many routes hang.
	 */
	private static final int WAITING = 16_384;

	private final HandshakeProperties properties;

	private final Drains drains;

	private final @Nullable HandshakeTurns turns;

	private final Semaphore waiting = new Semaphore(WAITING);

	/**
	 * Has at most as many entries as there are routes.
	 */
	private final Map<String, HandshakeRoom> rooms = new ConcurrentHashMap<>();

	AdmissionFilter(HandshakeProperties properties, Drains drains) {
		this.properties = properties;
		this.drains = drains;
		this.turns = (properties.rate() > 0) ? new HandshakeTurns(properties.rate(), properties.rateWait()) : null;
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
		Mono<Void> inside = chain.filter(exchange);
		EventLoop loop = handshake.client().eventLoop();
		if (!loop.inEventLoop()) {
			// A filter of the user has left it.
			return Mono.defer(() -> admit(handshake, inside)).subscribeOn(Schedulers.fromExecutorService(loop));
		}
		return admit(handshake, inside);
	}

	private Mono<Void> admit(Handshake handshake, Mono<Void> inside) {
		HandshakeTurns limited = this.turns;
		if (limited == null || limited.takesToken()) {
			return enter(handshake, inside);
		}
		return new Turn(limited, handshake.network(), handshake.client().eventLoop())
			.await(handshake.left(this.properties.rateWait()))
			.then(Mono.defer(() -> enter(handshake, inside)));
	}

	private Mono<Void> enter(Handshake handshake, Mono<Void> inside) {
		return room(handshake.route().getId()).admit(handshake.network(), handshake.client().eventLoop(),
				handshake.left(this.properties.rateWait()), inside);
	}

	private HandshakeRoom room(String route) {
		HandshakeRoom room = this.rooms.get(route);
		return (room != null) ? room : this.rooms.computeIfAbsent(route,
				(id) -> new HandshakeRoom(id, this.properties.inFlight(), this.waiting));
	}

}
