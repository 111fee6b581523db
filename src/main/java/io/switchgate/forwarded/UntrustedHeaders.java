package io.switchgate.forwarded;

import java.util.List;

import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Drops what only a trusted hop may say, before a predicate, a filter or an upstream can
 * believe it. What a route's own filters set comes later and stays.
 */
final class UntrustedHeaders implements WebFilter, Ordered {

	private final TrustedHops trusted;

	UntrustedHeaders(TrustedHops trusted) {
		this.trusted = trusted;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		List<String> said = HopHeaders.of(request.getHeaders());
		if (said.isEmpty() || this.trusted.contains(request.getRemoteAddress())) {
			return chain.filter(exchange);
		}
		ServerHttpRequest believed = request.mutate().headers((headers) -> said.forEach(headers::remove)).build();
		return chain.filter(exchange.mutate().request(believed).build());
	}

}
