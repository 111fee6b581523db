package io.switchgate.handshake;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import io.switchgate.exchange.ClientExchange;
import io.switchgate.exchange.FilterOrder;
import io.switchgate.forwarded.TrustedHops;
import io.switchgate.journal.HandshakeListener;
import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.HandshakeRecorders;
import io.switchgate.tunnel.TunnelLimits;

/**
 * Creates a {@link Handshake} for each request that is one, even without a route,
 * attaches it to the exchange, and finishes it with the answer. It is the outermost
 * filter, so that errors have been answered before the record is made.
 */
final class HandshakeCarrier implements WebFilter, Ordered {

	private final HandshakeRecorders recorders;

	private final TrustedHops trusted;

	private final TunnelLimits limits;

	private final List<HandshakeListener> listeners;

	private final Arrivals arrivals;

	HandshakeCarrier(HandshakeRecorders recorders, TrustedHops trusted, TunnelLimits limits, Arrivals arrivals,
			List<HandshakeListener> listeners) {
		this.recorders = recorders;
		this.trusted = trusted;
		this.limits = limits;
		this.arrivals = arrivals;
		this.listeners = listeners;
	}

	/**
	 * Returns a handler of all requests.
	 * @param handler handler of other requests
	 * @param path short way of handshakes, or null to send them the way of other requests
	 * @param warmUp route of the gateway's own handshakes
	 */
	HttpHandler around(HttpHandler handler, @Nullable HandshakePath path, WarmUpRoute warmUp) {
		HandshakePath warmUpPath = HandshakePath.to(warmUp, handler);
		return (request, response) -> {
			if (!UpgradeRequest.of(request).isHandshake()) {
				return handler.handle(request, response);
			}
			Handshake handshake = begin(request);
			if (warmUpPath != null && warmUp.isFor(handshake.client())) {
				return warmUpPath.carry(handshake, request, response)
					.doFinally((signal) -> finish(handshake, response, signal));
			}
			this.listeners.forEach(HandshakeListener::begun);
			Mono<Void> carried = (path != null) ? path.carry(handshake, request, response)
					: Mono.defer(() -> handler.handle(request, response))
						.contextWrite((context) -> context.put(Handshake.class, handshake));
			return this.arrivals.admit(handshake, carried).doFinally((signal) -> {
				HandshakeRecord done = finish(handshake, response, signal);
				this.listeners.forEach((listener) -> listener.finished(done));
			});
		};
	}

	@Override
	public int getOrder() {
		return FilterOrder.HANDSHAKE.value();
	}

	/**
	 * Refuses a handshake that has waited in vain. {@link HandshakePath} has attached it
	 * to its exchange. On the way of all requests it begins before there is an exchange,
	 * so Reactor's context carries it up to here.
	 */
	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Handshake attached = Handshake.find(exchange);
		if (attached != null) {
			return proceed(attached, exchange, chain);
		}
		return Mono.deferContextual((context) -> {
			Handshake handshake = context.getOrDefault(Handshake.class, null);
			if (handshake == null) {
				return chain.filter(exchange);
			}
			handshake.attach(exchange);
			return proceed(handshake, exchange, chain);
		});
	}

	private static Mono<Void> proceed(Handshake handshake, ServerWebExchange exchange, WebFilterChain chain) {
		return (handshake.refusal() != null) ? Mono.error(handshake.refusal()) : chain.filter(exchange);
	}

	private Handshake begin(ServerHttpRequest request) {
		Channel channel = ClientExchange.channel(request);
		HttpServerRequest head = ClientExchange.nativeRequest(request);
		String address = Objects.requireNonNullElseGet(this.trusted.client(request), () -> peer(channel));
		boolean stream = ExtendedConnect.is(channel, head.requestHeaders());
		return new Handshake(channel,
				this.recorders.begin(address, channel,
						(stream ? "CONNECT" : head.method()) + " " + head.uri() + " " + head.version(),
						stream ? ExtendedConnect.request(head.requestHeaders()) : head.requestHeaders()),
				this.limits);
	}

	private static String peer(Channel channel) {
		return (channel.remoteAddress() instanceof InetSocketAddress address) ? address.getHostString() : "unknown";
	}

	private static HandshakeRecord finish(Handshake handshake, ServerHttpResponse response, SignalType signal) {
		HttpServerResponse head = ClientExchange.nativeResponse(response);
		HttpStatusCode status = response.getStatusCode();
		if (signal != SignalType.ON_COMPLETE || !response.isCommitted() || status == null) {
			return handshake.finish(HandshakeRecord.CLIENT_LEFT, null, head.responseHeaders());
		}
		if (handshake.isStream() && HttpStatus.SWITCHING_PROTOCOLS.equals(status)) {
			return handshake.finish(status.value(), head.version() + " " + HttpResponseStatus.OK,
					ExtendedConnect.answer(head.responseHeaders()));
		}
		return handshake.finish(status.value(), head.version() + " " + head.status(), head.responseHeaders());
	}

	/**
	 * A constant, because Reactor calls this for each request.
	 */
	@Override
	public String toString() {
		return "HandshakeCarrier";
	}

}
