package io.switchgate.handshake;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

import io.switchgate.journal.HandshakeTrace;
import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
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
	 * Leaves an upstream on the exchange, for the switch or for closing. Whatever filter
	 * answers in its place, the answer has nothing of the upgrade.
	 */
	static void leave(ServerWebExchange exchange, UpstreamConnection upstream) {
		exchange.getAttributes().put(UPSTREAM, upstream);
		HandshakeRecorder.get(exchange).switched();
		ServerHttpResponse response = exchange.getResponse();
		response.beforeCommit(() -> {
			if (!HttpStatus.SWITCHING_PROTOCOLS.equals(response.getStatusCode())) {
				UpgradeAnswer.removeFrom(response.getHeaders());
			}
			return Mono.empty();
		});
	}

	/**
	 * Closes an upstream that was left, if there is one.
	 */
	static void discard(ServerWebExchange exchange) {
		UpstreamConnection left = take(exchange);
		if (left != null) {
			left.close();
		}
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
		if (ClientExchange.channel(exchange.getRequest()) instanceof Http2StreamChannel) {
			exchange.getResponse().beforeCommit(() -> checkStatus(exchange.getResponse()));
		}
		return chain.filter(exchange)
			.then(Mono.defer(() -> switchOver(exchange)))
			.doOnError((error) -> giveUp(exchange))
			.doFinally((signal) -> {
				this.places.giveBack(exchange);
				discard(exchange);
			});
	}

	/**
	 * Lets no answer to an extended CONNECT pass for a tunnel: any 2xx would (RFC 8441,
	 * section 5).
	 */
	private static Mono<Void> checkStatus(ServerHttpResponse response) {
		HttpStatusCode status = response.getStatusCode();
		return (status == null || status.is2xxSuccessful())
				? Mono.error(new ProblemException(ProblemCause.SUCCESS_WITHOUT_TUNNEL,
						((status != null) ? status.value() : HttpStatus.OK.value())
								+ " (expected: 101, or no success, which over HTTP/2 would open a tunnel)"))
				: Mono.empty();
	}

	/**
	 * What answers the error knows nothing of the upgrade.
	 */
	private static void giveUp(ServerWebExchange exchange) {
		if (exchange.getAttributes().containsKey(UPSTREAM) && !exchange.getResponse().isCommitted()) {
			UpgradeAnswer.removeFrom(exchange.getResponse().getHeaders());
		}
	}

	private Mono<Void> switchOver(ServerWebExchange exchange) {
		if (!exchange.getAttributes().containsKey(UPSTREAM)) {
			return Mono.empty();
		}
		Channel client = ClientExchange.channel(exchange.getRequest());
		Mono<Void> switchOver = exchange.getResponse().setComplete().then(Mono.defer(() -> answer(exchange, client)));
		return client.eventLoop().inEventLoop() ? switchOver
				: switchOver.subscribeOn(Schedulers.fromExecutor(client.eventLoop()));
	}

	/**
	 * Sends the 101 and couples both ends, unless the filters have come to another
	 * status, which then is an answer like any other. <pre>
	 * HTTP/1.1 101 Switching Protocols
	 * Upgrade: websocket
	 * Connection: Upgrade
	 * Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
	 * </pre>
	 */
	private Mono<Void> answer(ServerWebExchange exchange, Channel client) {
		HttpServerResponse head = ClientExchange.nativeResponse(exchange.getResponse());
		if (!HttpResponseStatus.SWITCHING_PROTOCOLS.equals(head.status())) {
			UpgradeAnswer.removeFrom(new HttpHeaders(new Netty4HeadersAdapter(head.responseHeaders())));
			return Mono.empty();
		}
		head.responseHeaders().set(HttpHeaders.UPGRADE, "websocket");
		head.responseHeaders().set(HttpHeaders.CONNECTION, "Upgrade");
		// RFC 9110, section 8.6, and RFC 9112, section 6.1: a 1xx has none.
		head.responseHeaders().remove(HttpHeaderNames.CONTENT_LENGTH).remove(HttpHeaderNames.TRANSFER_ENCODING);
		head.withConnection((connection) -> connection.markPersistent(true));
		this.tunnels.beforeAnswer(client);
		return head.then().then(Mono.fromRunnable(() -> open(exchange, client)));
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
