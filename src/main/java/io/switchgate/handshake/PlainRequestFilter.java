package io.switchgate.handshake;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.switchgate.exchange.ClientExchange;
import io.switchgate.exchange.FilterOrder;
import io.switchgate.transport.StallWatch;
import io.switchgate.upstream.RequestTimeouts;
import io.switchgate.upstream.UpstreamProperties;

/**
 * Limits how long plain requests wait for their upstream and for their client.
 */
final class PlainRequestFilter implements GlobalFilter, Ordered {

	/**
	 * The default of nginx.
	 */
	private static final Duration ANSWER = Duration.ofSeconds(60);

	private static final String TIMEOUTS = RequestTimeouts.class.getName();

	private final @Nullable Duration ownAnswer;

	private final Duration answer;

	private final Duration stall;

	PlainRequestFilter(HttpClientProperties client, UpstreamProperties upstream) {
		this.ownAnswer = client.getResponseTimeout();
		Duration configured = Objects.requireNonNullElse(this.ownAnswer, ANSWER);
		this.answer = configured.isNegative() ? Duration.ZERO : configured;
		this.stall = upstream.stallTime();
	}

	@Override
	public int getOrder() {
		return FilterOrder.PLAIN_ROUTING.value();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		if (ServerWebExchangeUtils.isAlreadyRouted(exchange)) {
			return chain.filter(exchange);
		}
		RequestTimeouts ofRoute = timeouts(exchange);
		RequestTimeouts timeouts = ofRoute.or(this.answer, this.stall);
		StallWatch.setTime(ClientExchange.channel(exchange.getRequest()), ofRoute.stall());
		return chain.filter(exchange).contextWrite((context) -> context.put(RequestTimeouts.class, timeouts));
	}

	/**
	 * Reads the limits of the route before Spring Cloud Gateway's own limit is removed
	 * from it. They are kept on the exchange for retries.
	 */
	private RequestTimeouts timeouts(ServerWebExchange exchange) {
		RequestTimeouts known = exchange.getAttribute(TIMEOUTS);
		if (known != null) {
			return known;
		}
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		RequestTimeouts timeouts = RequestTimeouts.of(route.getMetadata());
		exchange.getAttributes().put(TIMEOUTS, timeouts);
		if (this.ownAnswer != null || route.getMetadata().containsKey(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR)) {
			exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR, RequestTimeouts.without(route));
		}
		return timeouts;
	}

}
