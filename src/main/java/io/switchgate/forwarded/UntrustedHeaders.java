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
 * Drops headers that only a trusted hop may set, before a predicate, a filter or an
 * upstream can believe them. A route's own filters run later, so the headers that they
 * set stay.
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
		// Read the native headers: that is cheaper than Spring's view of them.
		HttpServerRequest head = ServerHttpRequestDecorator.getNativeRequest(request);
		Set<String> said = HopHeaders.of(head.requestHeaders());
		if (said.isEmpty() || this.trusted.contains(request.getRemoteAddress())) {
			return chain.filter(exchange);
		}
		ServerHttpRequest believed = request.mutate().headers((headers) -> said.forEach(headers::remove)).build();
		return chain.filter(exchange.mutate().request(believed).build());
	}

	/**
	 * A constant, because Reactor calls this for each request.
	 */
	@Override
	public String toString() {
		return "UntrustedHeaders";
	}

}
