package io.switchgate.handshake;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponse;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;

import io.switchgate.drain.Drains;
import io.switchgate.journal.HandshakeTrace;
import io.switchgate.upstream.HandshakeTimeouts;
import io.switchgate.upstream.UpstreamAnswer;
import io.switchgate.upstream.UpstreamDialer;
import io.switchgate.upstream.UpstreamFailure;
import io.switchgate.upstream.UpstreamListener;
import io.switchgate.upstream.UpstreamRequest;

/**
 * Routes upgrades: checks the request, asks the upstream, and leaves its answer on the
 * exchange, a 101 for {@link SwitchFilter} and anything else for the gateway's own write
 * filter. Other requests go on to the gateway's HTTP routing.
 */
final class UpgradeRoutingFilter implements GlobalFilter, Ordered {

	/**
	 * Before the gateway's own WebSocket routing.
	 */
	static final int ORDER = Ordered.LOWEST_PRECEDENCE - 2;

	private static final Map<String, String> HTTP_SCHEMES = Map.of("http", "http", "https", "https", "ws", "http",
			"wss", "https");

	private final UpstreamDialer dialer;

	private final HandshakeProperties properties;

	private final TunnelPlaces places;

	private final Drains drains;

	private final HandshakeHeaders headers;

	UpgradeRoutingFilter(UpstreamDialer dialer, HandshakeProperties properties, TunnelPlaces places, Drains drains,
			HandshakeHeaders headers) {
		this.dialer = dialer;
		this.properties = properties;
		this.places = places;
		this.drains = drains;
		this.headers = headers;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		String scheme = HTTP_SCHEMES.get(url.getScheme());
		if (ServerWebExchangeUtils.isAlreadyRouted(exchange) || scheme == null) {
			return chain.filter(exchange);
		}
		UpgradeRequest request = ClientExchange.upgradeRequest(exchange.getRequest());
		if (!request.isHandshake()) {
			request.checkPlain(scheme.equals(url.getScheme()));
			return chain.filter(exchange);
		}
		return Mono.defer(() -> {
			ServerWebExchangeUtils.setAlreadyRouted(exchange);
			check(request, HandshakePolicy.of(exchange));
			if (this.drains.refuses(SwitchFilter.route(exchange), SettledTerms.upstream(exchange))) {
				throw AdmissionFilter.draining(SwitchFilter.route(exchange));
			}
			this.places.take(exchange);
			// Of an attempt before this one, which a filter was not content with.
			SwitchFilter.discard(exchange);
			return ask(exchange, request, scheme.equals(url.getScheme()) ? url
					: URI.create(scheme + url.toString().substring(url.getScheme().length())));
		}).then(chain.filter(exchange));
	}

	private void check(UpgradeRequest request, HandshakePolicy policy) {
		request.check(this.properties.acceptHttp10());
		if (policy.requiredVersion() != WebSocketVersion.ANY) {
			request.checkVersion();
		}
	}

	private Mono<Void> ask(ServerWebExchange exchange, UpgradeRequest request, URI url) {
		HandshakePolicy policy = HandshakePolicy.of(exchange);
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		String where = url.getScheme() + "://" + url.getRawAuthority() + " of route " + route.getId();
		Channel client = ClientExchange.channel(exchange.getRequest());
		HandshakeTimeouts timeouts = HandshakeTimeouts.of(route.getMetadata());
		HandshakeTrace trace = HandshakeRecorder.get(exchange);
		trace.dialed(SettledTerms.upstream(exchange));
		Duration timeout = (timeouts.answer() != null) ? timeouts.answer() : this.properties.timeout();
		return this.dialer
			.send(new UpstreamRequest(client.eventLoop(), url, this.headers.request(exchange, policy, url),
					policy.upstreamHttpVersion().version(), timeouts.connect(), timeout, listener(trace)),
					(answer) -> new UpgradeAnswer(answer).check(request))
			.onErrorMap((error) -> UpstreamFailure.translate(error, where))
			.doOnNext((answer) -> receive(exchange, answer))
			.then();
	}

	private static UpstreamListener listener(HandshakeTrace trace) {
		return new UpstreamListener() {

			@Override
			public void connected(Channel channel) {
				trace.connected(channel);
			}

			@Override
			public void sent(String line, Iterable<Map.Entry<String, String>> headers) {
				trace.sent(line, headers);
			}

			@Override
			public void received(HttpResponse answer) {
				trace.answered(answer);
			}

		};
	}

	private void receive(ServerWebExchange exchange, UpstreamAnswer answer) {
		io.netty.handler.codec.http.HttpHeaders kept = this.headers.answer(answer.response().responseHeaders(),
				exchange);
		if (answer.switched() != null) {
			// RFC 9110, section 8.6: a 1xx has none.
			kept.remove(HttpHeaders.CONTENT_LENGTH);
			copyHead(exchange, answer.response(), kept);
			SwitchFilter.leave(exchange, answer.switched());
			return;
		}
		copyHead(exchange, answer.response(), kept);
		exchange.getAttributes().put(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR, answer.response());
		exchange.getAttributes().put(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR, answer.connection());
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
