package io.switchgate.handshake;

import java.net.URI;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Sends path and query to the upstream byte for byte. The gateway's own filter before
 * this one encodes a path again that is only partly encoded.
 */
final class ExactPathFilter implements GlobalFilter, Ordered {

	@Override
	public int getOrder() {
		return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI url = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		if (url != null && url.getRawAuthority() != null) {
			URI request = exchange.getRequest().getURI();
			String query = (request.getRawQuery() != null) ? "?" + request.getRawQuery() : "";
			exchange.getAttributes()
				.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
						URI.create(url.getScheme() + "://" + url.getRawAuthority() + request.getRawPath() + query));
		}
		return chain.filter(exchange);
	}

}
