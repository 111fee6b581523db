package io.switchgate.handshake;

import java.net.URI;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.switchgate.exchange.FilterOrder;

/**
 * Sends path and query to the upstream of the route byte for byte. The gateway's own
 * filter, in whose place this one is, encodes a path again that is only partly encoded,
 * and loses a host whose name has an underscore.
 *
 * <p>
 * For Spring Cloud Gateway 5.0 (spring-cloud/spring-cloud-gateway#2065,
 * spring-cloud/spring-cloud-gateway#2763).
 */
final class ExactPathFilter implements GlobalFilter, Ordered {

	@Override
	public int getOrder() {
		return FilterOrder.UPSTREAM_URL.value();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		URI upstream = route.getUri();
		URI request = exchange.getRequest().getURI();
		String query = (request.getRawQuery() != null) ? "?" + request.getRawQuery() : "";
		exchange.getAttributes()
			.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, URI
				.create(upstream.getScheme() + "://" + upstream.getRawAuthority() + request.getRawPath() + query));
		return chain.filter(exchange);
	}

}
