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
 * Bounds how many tunnels are open. A handshake counts as one from the moment it asks the
 * upstream; if a tunnel opens, that one goes on counting until its end.
 */
final class OpenTunnels implements TunnelListener {

	private final int limit;

	private final AtomicInteger all = new AtomicInteger();

	/**
	 * No more entries than there are routes.
	 */
	private final Map<String, AtomicInteger> routes = new ConcurrentHashMap<>();

	OpenTunnels(TunnelProperties properties) {
		this.limit = properties.openTunnels();
	}

	/**
	 * Counts a handshake, once even if it is tried again.
	 * @throws ProblemException if there are too many
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
	 * Counts a handshake no longer that opened no tunnel.
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
		// Its handshake has been counted.
	}

	@Override
	public void closed(Tunnel tunnel) {
		leave(tunnel.terms().route());
	}

}
