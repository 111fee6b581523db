package io.switchgate.exchange;

import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.core.Ordered;

/**
 * The order in which filters see a request. In each of the three parts the outermost
 * filter comes first: it sees the request before the filters below it, and the answer
 * after them.
 *
 * <p>
 * Web filters see every request, gateway filters only those with a route. Filters that a
 * route names, and filters of other libraries, take their places between these by their
 * own orders.
 */
public enum FilterOrder {

	// Web filters

	/**
	 * Attaches the handshake to the exchange, so that all later filters can ask for it.
	 */
	HANDSHAKE(Ordered.HIGHEST_PRECEDENCE),

	/**
	 * Refuses requests of other sites to the management port.
	 */
	MANAGEMENT_GUARD(Ordered.HIGHEST_PRECEDENCE + 1),

	/**
	 * Refuses ambiguous paths before a predicate reads them.
	 */
	PATH_CHECK(Ordered.HIGHEST_PRECEDENCE + 2),

	/**
	 * Drops headers that an untrusted client must not set, before any other filter
	 * believes them.
	 */
	UNTRUSTED_HEADERS(Ordered.HIGHEST_PRECEDENCE + 3),

	/**
	 * Drops hop-by-hop headers, before the filters of a route set their own.
	 */
	CONNECTION_HEADERS(Ordered.HIGHEST_PRECEDENCE + 4),

	/**
	 * Answers errors, before Spring Boot's own handler (order -1).
	 */
	PROBLEMS(-2),

	// Gateway filters

	/**
	 * Opens the tunnel after all other filters have seen the answer, so it is outside the
	 * filter that writes answers.
	 */
	SWITCH(NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1),

	/**
	 * Admits handshakes, before the filters of the route, which may be expensive.
	 */
	ADMISSION(0),

	/**
	 * Finds the span of a handshake.
	 */
	TRACING(0),

	/**
	 * Applies a route's settings for its handshakes and tunnels. All these filters have
	 * the same order, so they run as they are listed, and a route's own filter overrides
	 * a default one.
	 */
	ROUTE_POLICY(1),

	/**
	 * Builds the URL of the upstream, instead of Spring Cloud Gateway's own filter.
	 */
	UPSTREAM_URL(RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER),

	/**
	 * Sends the upgrade to the upstream, before Spring Cloud Gateway's own WebSocket
	 * filter.
	 */
	UPGRADE_ROUTING(Ordered.LOWEST_PRECEDENCE - 2),

	/**
	 * Sets the time limits of a plain request, before Spring Cloud Gateway's HTTP filter.
	 */
	PLAIN_ROUTING(Ordered.LOWEST_PRECEDENCE - 1),

	// Filters of headers on their way to the upstream

	/**
	 * Sets the headers about hops after all other filters.
	 */
	FORWARDED_HEADERS(Ordered.LOWEST_PRECEDENCE);

	private final int order;

	FilterOrder(int order) {
		this.order = order;
	}

	/**
	 * Returns the order as Spring has it.
	 */
	public int value() {
		return this.order;
	}

}
