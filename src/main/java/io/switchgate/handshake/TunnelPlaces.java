package io.switchgate.handshake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.web.server.ServerWebExchange;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelListener;
import io.switchgate.tunnel.TunnelProperties;

/**
 * Bounds how many tunnels are open. A handshake takes a place before it asks the
 * upstream; the tunnel keeps it until its end.
 */
final class TunnelPlaces implements TunnelListener {

	private static final String ATTRIBUTE = TunnelPlaces.class.getName();

	private final int limit;

	private final TunnelLimitsGatewayFilterFactory limits;

	private final AtomicInteger all = new AtomicInteger();

	/**
	 * No more entries than there are routes.
	 */
	private final Map<String, AtomicInteger> routes = new ConcurrentHashMap<>();

	TunnelPlaces(TunnelProperties properties, TunnelLimitsGatewayFilterFactory limits) {
		this.limit = properties.openTunnels();
		this.limits = limits;
	}

	/**
	 * Takes a place for a handshake, once even if it is tried again.
	 * @throws ProblemException if there is none
	 */
	void take(ServerWebExchange exchange) {
		if (exchange.getAttribute(ATTRIBUTE) != null) {
			return;
		}
		String route = SwitchFilter.route(exchange);
		int limitOfRoute = this.limits.limits(exchange).openTunnels();
		AtomicInteger ofRoute = this.routes.computeIfAbsent(route, (id) -> new AtomicInteger());
		if (!take(this.all, this.limit)) {
			throw full(this.limit, "all routes");
		}
		if (!take(ofRoute, limitOfRoute)) {
			this.all.decrementAndGet();
			throw full(limitOfRoute, "route " + route);
		}
		exchange.getAttributes().put(ATTRIBUTE, route);
	}

	private static boolean take(AtomicInteger taken, int limit) {
		if (taken.incrementAndGet() <= limit || limit == 0) {
			return true;
		}
		taken.decrementAndGet();
		return false;
	}

	private static ProblemException full(int limit, String where) {
		String found = "More than " + limit + " tunnels";
		String expected = " (expected: at most that many)";
		return new ProblemException(ProblemCause.TOO_MANY_TUNNELS, found + " of " + where + expected, found + expected,
				null);
	}

	/**
	 * Lets the tunnel keep the place of its handshake.
	 */
	static void keep(ServerWebExchange exchange) {
		exchange.getAttributes().remove(ATTRIBUTE);
	}

	/**
	 * Gives back the place of a handshake that opened no tunnel.
	 */
	void giveBack(ServerWebExchange exchange) {
		if (exchange.getAttributes().remove(ATTRIBUTE) instanceof String route) {
			giveBack(route);
		}
	}

	private void giveBack(String route) {
		this.all.decrementAndGet();
		this.routes.computeIfPresent(route, (id, taken) -> {
			taken.decrementAndGet();
			return taken;
		});
	}

	@Override
	public void opened(Tunnel tunnel) {
		// It has its place already.
	}

	@Override
	public void closed(Tunnel tunnel) {
		giveBack(tunnel.terms().route());
	}

}
