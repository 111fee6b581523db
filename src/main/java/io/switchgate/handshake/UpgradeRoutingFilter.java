package io.switchgate.handshake;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;

import io.switchgate.drain.Drains;
import io.switchgate.exchange.FilterOrder;
import io.switchgate.upstream.HandshakeTimeouts;
import io.switchgate.upstream.UpstreamAnswer;
import io.switchgate.upstream.UpstreamDialer;
import io.switchgate.upstream.UpstreamFailure;
import io.switchgate.upstream.UpstreamRequest;

/**
 * Routes upgrades: checks the request, sends it to the upstream, and leaves the answer on
 * the exchange. {@link SwitchFilter} handles a 101, the gateway's own write filter any
 * other answer. Other requests go on to the gateway's HTTP routing.
 */
final class UpgradeRoutingFilter implements GlobalFilter, Ordered {

	private static final Map<String, String> HTTP_SCHEMES = Map.of("http", "http", "https", "https", "ws", "http",
			"wss", "https");

	private final UpstreamDialer dialer;

	private final HandshakeProperties properties;

	private final OpenTunnels open;

	private final Drains drains;

	private final HandshakeHeaders headers;

	UpgradeRoutingFilter(UpstreamDialer dialer, HandshakeProperties properties, OpenTunnels open, Drains drains,
			HandshakeHeaders headers) {
		this.dialer = dialer;
		this.properties = properties;
		this.open = open;
		this.drains = drains;
		this.headers = headers;
	}

	/**
	 * Returns the same filter for other tunnels.
	 * @param tunnels counts them
	 */
	UpgradeRoutingFilter counting(OpenTunnels tunnels) {
		return new UpgradeRoutingFilter(this.dialer, this.properties, tunnels, this.drains, this.headers);
	}

	@Override
	public int getOrder() {
		return FilterOrder.UPGRADE_ROUTING.value();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI target = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		String scheme = HTTP_SCHEMES.get(target.getScheme());
		if (ServerWebExchangeUtils.isAlreadyRouted(exchange) || scheme == null) {
			return chain.filter(exchange);
		}
		UpgradeRequest request = UpgradeRequest.of(exchange.getRequest());
		boolean http = scheme.equals(target.getScheme());
		Handshake handshake = Handshake.find(exchange);
		if (handshake == null) {
			request.checkPlain(http);
			return chain.filter(exchange);
		}
		return Mono.defer(() -> {
			ServerWebExchangeUtils.setAlreadyRouted(exchange);
			check(request, handshake.policy());
			String upstream = Handshake.nameOf(target);
			if (this.drains.refuses(handshake.route().getId(), upstream)) {
				throw handshake.draining();
			}
			this.open.enter(handshake);
			handshake.dial(upstream);
			URI url = http ? target : URI.create(scheme + target.toString().substring(target.getScheme().length()));
			return ask(exchange, handshake, request, url);
		}).then(chain.filter(exchange));
	}

	private void check(UpgradeRequest request, HandshakePolicy policy) {
		request.check(this.properties.acceptHttp10());
		if (policy.requiredVersion() != WebSocketVersion.ANY) {
			request.checkVersion();
		}
	}

	private Mono<Void> ask(ServerWebExchange exchange, Handshake handshake, UpgradeRequest request, URI url) {
		String where = url.getScheme() + "://" + url.getRawAuthority() + " of route " + handshake.route().getId();
		HandshakeTimeouts timeouts = HandshakeTimeouts.of(handshake.route().getMetadata());
		Duration timeout = (timeouts.answer() != null) ? timeouts.answer() : this.properties.timeout();
		HandshakePolicy policy = handshake.policy();
		UpstreamRequest sent = new UpstreamRequest(handshake.client().eventLoop(), url,
				this.headers.request(exchange, policy, url), policy.upstreamHttpVersion().version(), timeouts.connect(),
				timeout, handshake);
		return this.dialer.send(sent, (answer) -> new UpgradeAnswer(answer).check(request))
			.onErrorMap((error) -> UpstreamFailure.translate(error, where))
			.doOnNext((answer) -> receive(exchange, handshake, answer))
			.then();
	}

	private void receive(ServerWebExchange exchange, Handshake handshake, UpstreamAnswer answer) {
		io.netty.handler.codec.http.HttpHeaders kept = this.headers.answer(answer.response().responseHeaders(),
				exchange);
		if (answer.switched() != null) {
			// RFC 9110, section 8.6: a 1xx has none.
			kept.remove(HttpHeaders.CONTENT_LENGTH);
			copyHead(exchange, answer.response(), kept);
			handshake.switched(answer.switched());
			removeUpgradeUnlessSwitching(exchange.getResponse());
			return;
		}
		copyHead(exchange, answer.response(), kept);
		exchange.getAttributes().put(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR, answer.response());
		exchange.getAttributes().put(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR, answer.connection());
	}

	/**
	 * Removes the upgrade's headers if a filter answers with something else than the 101.
	 */
	private static void removeUpgradeUnlessSwitching(ServerHttpResponse response) {
		response.beforeCommit(() -> {
			if (!HttpStatus.SWITCHING_PROTOCOLS.equals(response.getStatusCode())) {
				UpgradeAnswer.removeFrom(response.getHeaders());
			}
			return Mono.empty();
		});
	}

	private static void copyHead(ServerWebExchange exchange, HttpClientResponse answer,
			io.netty.handler.codec.http.HttpHeaders kept) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatusCode.valueOf(answer.status().code()));
		HttpHeaders headers = response.getHeaders();
		exchange.getAttributes().put(ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES, kept.names());
		if (kept.contains(HttpHeaders.CONTENT_LENGTH)) {
			headers.remove(HttpHeaders.TRANSFER_ENCODING);
		}
		kept.forEach((header) -> headers.add(header.getKey(), header.getValue()));
	}

}
