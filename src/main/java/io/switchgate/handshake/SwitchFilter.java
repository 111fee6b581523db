package io.switchgate.handshake;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
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

import io.switchgate.exchange.ClientExchange;
import io.switchgate.exchange.FilterOrder;
import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.tunnel.Tunnels;
import io.switchgate.tunnel.UpstreamConnection;

/**
 * Answers the client with the upstream's 101 and opens the tunnel, after all other
 * filters have handled the answer. The filter chain ends with the handshake.
 */
final class SwitchFilter implements GlobalFilter, Ordered {

	private final Tunnels tunnels;

	private final OpenTunnels open;

	SwitchFilter(Tunnels tunnels, OpenTunnels open) {
		this.tunnels = tunnels;
		this.open = open;
	}

	@Override
	public int getOrder() {
		return FilterOrder.SWITCH.value();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Handshake handshake = Handshake.find(exchange);
		if (handshake == null) {
			return chain.filter(exchange);
		}
		handshake.routed(exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR));
		ServerHttpResponse response = exchange.getResponse();
		if (handshake.isStream()) {
			response.beforeCommit(() -> checkStatus(response));
		}
		return chain.filter(exchange)
			.then(Mono.defer(() -> switchOver(handshake, response)))
			.doOnError((error) -> giveUp(handshake, response))
			.doFinally((signal) -> {
				this.open.leave(handshake);
				handshake.discard();
			});
	}

	/**
	 * Refuses to answer an extended CONNECT with a 2xx that opens no tunnel, because the
	 * client would take any 2xx for one (RFC 8441, section 5).
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
	 * Removes the upgrade from the headers, because the handler that answers the error
	 * does not.
	 */
	private static void giveUp(Handshake handshake, ServerHttpResponse response) {
		if (handshake.hasSwitched() && !response.isCommitted()) {
			UpgradeAnswer.removeFrom(response.getHeaders());
		}
	}

	private Mono<Void> switchOver(Handshake handshake, ServerHttpResponse response) {
		if (!handshake.hasSwitched()) {
			return Mono.empty();
		}
		EventLoop loop = handshake.client().eventLoop();
		Mono<Void> switchOver = response.setComplete().then(Mono.defer(() -> answer(handshake, response)));
		return loop.inEventLoop() ? switchOver : switchOver.subscribeOn(Schedulers.fromExecutor(loop));
	}

	/**
	 * Sends the 101 and connects both ends. If the filters have set another status, the
	 * answer is a normal one. <pre>
	 * HTTP/1.1 101 Switching Protocols
	 * Upgrade: websocket
	 * Connection: Upgrade
	 * Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
	 * </pre>
	 */
	private Mono<Void> answer(Handshake handshake, ServerHttpResponse response) {
		HttpServerResponse head = ClientExchange.nativeResponse(response);
		if (!HttpResponseStatus.SWITCHING_PROTOCOLS.equals(head.status())) {
			UpgradeAnswer.removeFrom(new HttpHeaders(new Netty4HeadersAdapter(head.responseHeaders())));
			return Mono.empty();
		}
		head.responseHeaders().set(HttpHeaders.UPGRADE, "websocket");
		head.responseHeaders().set(HttpHeaders.CONNECTION, "Upgrade");
		// A 1xx has neither (RFC 9110, section 8.6, and RFC 9112, section 6.1).
		head.responseHeaders().remove(HttpHeaderNames.CONTENT_LENGTH).remove(HttpHeaderNames.TRANSFER_ENCODING);
		head.withConnection((connection) -> connection.markPersistent(true));
		this.tunnels.beforeAnswer(handshake.client());
		return head.then().then(Mono.fromRunnable(() -> open(handshake, response.getHeaders())));
	}

	private void open(Handshake handshake, HttpHeaders answer) {
		UpstreamConnection upstream = handshake.takeSwitched();
		if (upstream != null) {
			// From here on the tunnel holds the count.
			handshake.uncount();
			this.tunnels.open(handshake.id(), handshake.terms(answer), handshake.client(), upstream);
		}
	}

}
