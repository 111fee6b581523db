package io.switchgate.forwarded;

import org.springframework.cloud.gateway.filter.ratelimit.KeyResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Makes {@code RequestRateLimiter} count by the client's address unless a route says
 * otherwise. Spring Cloud Gateway's default counts by the name of a logged-in user and
 * refuses everybody else.
 */
final class ClientAddressKeyResolver implements KeyResolver {

	private final TrustedHops trusted;

	ClientAddressKeyResolver(TrustedHops trusted) {
		this.trusted = trusted;
	}

	@Override
	public Mono<String> resolve(ServerWebExchange exchange) {
		return Mono.justOrEmpty(this.trusted.client(exchange.getRequest()));
	}

}
