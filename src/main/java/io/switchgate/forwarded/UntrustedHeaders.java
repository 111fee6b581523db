package io.switchgate.forwarded;

import java.util.Set;

import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import io.switchgate.exchange.FilterOrder;

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
		return FilterOrder.UNTRUSTED_HEADERS.value();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		// As they came: that is cheaper than Spring's view of them.
		HttpServerRequest head = ServerHttpRequestDecorator.getNativeRequest(request);
		Set<String> said = HopHeaders.of(head.requestHeaders());
		if (said.isEmpty() || this.trusted.contains(request.getRemoteAddress())) {
			return chain.filter(exchange);
		}
		ServerHttpRequest believed = request.mutate().headers((headers) -> said.forEach(headers::remove)).build();
		return chain.filter(exchange.mutate().request(believed).build());
	}

	/**
	 * Reactor asks for it with each request.
	 */
	@Override
	public String toString() {
		return "UntrustedHeaders";
	}

}
