package io.switchgate.handshake;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

import io.switchgate.journal.HandshakeTrace;
import io.switchgate.tunnel.Tunnels;
import io.switchgate.tunnel.UpstreamConnection;

/**
 * Answers the client with the upstream's 101 and opens the tunnel, after all other
 * filters had their say about the answer. The filter chain ends here, with the handshake.
 */
final class SwitchFilter implements GlobalFilter, Ordered {

	/**
	 * Outside the gateway's write filter.
	 */
	static final int ORDER = NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;

	private static final String UPSTREAM = SwitchFilter.class.getName();

	private final Tunnels tunnels;

	private final SettledTerms terms;

	private final TunnelPlaces places;

	SwitchFilter(Tunnels tunnels, SettledTerms terms, TunnelPlaces places) {
		this.places = places;
		this.tunnels = tunnels;
		this.terms = terms;
	}

	/**
	 * Leaves an upstream on the exchange, for the switch or for closing.
	 */
	static void leave(ServerWebExchange exchange, UpstreamConnection upstream) {
		exchange.getAttributes().put(UPSTREAM, upstream);
	}

	private static @Nullable UpstreamConnection take(ServerWebExchange exchange) {
		return (UpstreamConnection) exchange.getAttributes().remove(UPSTREAM);
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
		trace.routed(route(exchange));
		return chain.filter(exchange).then(Mono.defer(() -> switchOver(exchange))).doFinally((signal) -> {
			this.places.giveBack(exchange);
			UpstreamConnection left = (signal != SignalType.ON_COMPLETE) ? take(exchange) : null;
			if (left != null) {
				left.close();
			}
		});
	}

	/**
	 * Sends the 101 and couples both ends. <pre>
	 * HTTP/1.1 101 Switching Protocols
	 * Upgrade: websocket
	 * Connection: Upgrade
	 * Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
	 * </pre>
	 */
	private Mono<Void> switchOver(ServerWebExchange exchange) {
		if (!exchange.getAttributes().containsKey(UPSTREAM)) {
			return Mono.empty();
		}
		Channel client = ClientExchange.channel(exchange.getRequest());
		ServerHttpResponse response = exchange.getResponse();
		// RFC 9110, section 8.6: a 1xx has none.
		response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
		response.getHeaders().set(HttpHeaders.UPGRADE, "websocket");
		response.getHeaders().set(HttpHeaders.CONNECTION, "Upgrade");
		Mono<Void> switchOver = response.setComplete()
			.then(Mono.defer(() -> sendHead(exchange, client)))
			.then(Mono.fromRunnable(() -> open(exchange, client)));
		return client.eventLoop().inEventLoop() ? switchOver
				: switchOver.subscribeOn(Schedulers.fromExecutor(client.eventLoop()));
	}

	private Mono<Void> sendHead(ServerWebExchange exchange, Channel client) {
		HttpServerResponse head = ClientExchange.nativeResponse(exchange.getResponse());
		head.responseHeaders().remove(HttpHeaderNames.TRANSFER_ENCODING);
		head.withConnection((connection) -> connection.markPersistent(true));
		this.tunnels.beforeAnswer(client);
		return head.then();
	}

	private void open(ServerWebExchange exchange, Channel client) {
		UpstreamConnection upstream = take(exchange);
		if (upstream != null) {
			TunnelPlaces.keep(exchange);
			this.tunnels.open(HandshakeRecorder.get(exchange).id(), this.terms.of(exchange), client, upstream);
		}
	}

	static String route(ServerWebExchange exchange) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return route.getId();
	}

}
