package io.switchgate.handshake;

import java.net.URI;
import java.util.Objects;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

import io.switchgate.forwarded.TrustedHops;
import io.switchgate.tunnel.TunnelTerms;
import io.switchgate.websocket.SecWebSocketHeaders;

/**
 * Says what a handshake has settled, once it has its 101.
 */
final class SettledTerms {

	private final TunnelLimitsGatewayFilterFactory limits;

	private final TrustedHops trusted;

	SettledTerms(TunnelLimitsGatewayFilterFactory limits, TrustedHops trusted) {
		this.limits = limits;
		this.trusted = trusted;
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
		// One name of an upstream for all of its tunnels.
		return new TunnelTerms(route.getId(), generation, upstream(exchange).intern(),
				Objects.requireNonNullElse(this.trusted.client(exchange.getRequest()), "unknown"),
				answer.getFirst(SecWebSocketHeaders.PROTOCOL), answer.getFirst(SecWebSocketHeaders.EXTENSIONS),
				this.limits.limits(exchange));
	}

}
