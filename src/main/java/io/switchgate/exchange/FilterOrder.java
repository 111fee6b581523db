package io.switchgate.exchange;

import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.core.Ordered;

/**
 * The order in which filters see a request. Within each of the three parts the outermost
 * comes first: it sees the request before, and the answer after, those below it.
 *
 * <p>
 * Web filters see each request, gateway filters one that has a route. Filters that a
 * route names, and those of other libraries, stand between these by their own orders.
 */
public enum FilterOrder {

	// Web filters

	/**
	 * Lets the exchange carry its handshake: everything below may ask for it.
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
	 * Drops what untrusted hops say, before anybody believes it.
	 */
	UNTRUSTED_HEADERS(Ordered.HIGHEST_PRECEDENCE + 3),

	/**
	 * Drops hop-by-hop headers, before filters of a route set their own.
	 */
	CONNECTION_HEADERS(Ordered.HIGHEST_PRECEDENCE + 4),

	/**
	 * Answers errors, before Spring Boot's own handler, which is at -1.
	 */
	PROBLEMS(-2),

	// Gateway filters

	/**
	 * Opens the tunnel after all other filters have seen the answer: outside the filter
	 * that writes answers.
	 */
	SWITCH(NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1),

	/**
	 * Admits handshakes, before the filters of the route, which may cost something.
	 */
	ADMISSION(0),

	/**
	 * Finds the span of a handshake.
	 */
	TRACING(0),

	/**
	 * Takes what a route says of its handshakes and tunnels. One order for all of these
	 * filters: they run as they are listed, and a route's own one overrides a default.
	 */
	ROUTE_POLICY(1),

	/**
	 * Makes the URL of the upstream, in the place of Spring Cloud Gateway's own filter.
	 */
	UPSTREAM_URL(RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER),

	/**
	 * Asks the upstream, before Spring Cloud Gateway's own WebSocket filter.
	 */
	UPGRADE_ROUTING(Ordered.LOWEST_PRECEDENCE - 2),

	/**
	 * Sets the time limits of a plain request, before Spring Cloud Gateway's HTTP filter.
	 */
	PLAIN_ROUTING(Ordered.LOWEST_PRECEDENCE - 1),

	// Filters of headers on their way to the upstream

	/**
	 * Has the last word on what hops say.
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
