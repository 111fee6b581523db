package io.switchgate.handshake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelListener;
import io.switchgate.tunnel.TunnelProperties;

/**
 * Limits how many tunnels are open. A handshake counts from the moment when it is sent to
 * the upstream. If a tunnel opens, the count stays until the tunnel ends.
 */
final class OpenTunnels implements TunnelListener {

	private final int limit;

	private final AtomicInteger all = new AtomicInteger();

	/**
	 * Has at most as many entries as there are routes.
	 */
	private final Map<String, AtomicInteger> routes = new ConcurrentHashMap<>();

	OpenTunnels(TunnelProperties properties) {
		this.limit = properties.openTunnels();
	}

	/**
	 * Counts a handshake, only once even if it is retried.
	 * @throws ProblemException if too many are open
	 */
	void enter(Handshake handshake) {
		if (!handshake.count()) {
			return;
		}
		ProblemException full = enter(handshake.route().getId(), handshake.limits().openTunnels());
		if (full != null) {
			handshake.uncount();
			throw full;
		}
	}

	private @Nullable ProblemException enter(String route, int limitOfRoute) {
		if (!increment(this.all, this.limit)) {
			return full(this.limit, "all routes");
		}
		if (!increment(this.routes.computeIfAbsent(route, (id) -> new AtomicInteger()), limitOfRoute)) {
			this.all.decrementAndGet();
			return full(limitOfRoute, "route " + route);
		}
		return null;
	}

	private static boolean increment(AtomicInteger count, int limit) {
		if (count.incrementAndGet() <= limit || limit == 0) {
			return true;
		}
		count.decrementAndGet();
		return false;
	}

	private static ProblemException full(int limit, String where) {
		String found = "More than " + limit + " tunnels";
		String expected = " (expected: at most that many)";
		return new ProblemException(ProblemCause.TOO_MANY_TUNNELS, found + " of " + where + expected, found + expected,
				null);
	}

	/**
	 * Stops counting a handshake that has opened no tunnel.
	 */
	void leave(Handshake handshake) {
		if (handshake.uncount()) {
			leave(handshake.route().getId());
		}
	}

	private void leave(String route) {
		this.all.decrementAndGet();
		this.routes.computeIfPresent(route, (id, count) -> {
			count.decrementAndGet();
			return count;
		});
	}

	@Override
	public void opened(Tunnel tunnel) {
		// The tunnel takes over the count of its handshake.
	}

	@Override
	public void closed(Tunnel tunnel) {
		leave(tunnel.terms().route());
	}

}
