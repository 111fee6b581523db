package io.switchgate.handshake;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

import io.switchgate.journal.HandshakeTrace;
import io.switchgate.routes.RouteGeneration;
import io.switchgate.tunnel.TunnelTerms;
import io.switchgate.websocket.SecWebSocketHeaders;

/**
 * Says what a handshake has settled, once it has its 101.
 */
final class SettledTerms {

	private final TunnelLimitsGatewayFilterFactory limits;

	SettledTerms(TunnelLimitsGatewayFilterFactory limits) {
		this.limits = limits;
	}

	/**
	 * Returns the upstream of an exchange, without user and password.
	 */
	static String upstream(ServerWebExchange exchange) {
		URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		String authority = url.getRawAuthority();
		return url.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
	}

	TunnelTerms of(ServerWebExchange exchange) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		int generation = RouteGeneration.of(route.getMetadata()).number();
		HttpHeaders answer = exchange.getResponse().getHeaders();
		HandshakeTrace trace = HandshakeRecorder.get(exchange);
		// One name of an upstream for all of its tunnels.
		return new TunnelTerms(route.getId(), generation, upstream(exchange).intern(), trace.client(),
				settled(trace, answer, SecWebSocketHeaders.PROTOCOL),
				settled(trace, answer, SecWebSocketHeaders.EXTENSIONS), this.limits.limits(exchange));
	}

	private static @Nullable String settled(HandshakeTrace trace, HttpHeaders answer, String name) {
		String value = answer.getFirst(name);
		return (value != null) ? trace.settled(name, value) : null;
	}

}
