package io.switchgate.routes;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.switchgate.tunnel.CloseCause;
import io.switchgate.tunnel.CloseOrder;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelListener;
import io.switchgate.tunnel.TunnelRegistry;

/**
 * Ends tunnels whose route was changed or removed, where the policy wants that; those as
 * well whose handshake was under way then.
 */
final class RetiredTunnels implements TunnelListener {

	private static final int GOING_AWAY = 1001;

	/**
	 * Longer than any handshake, with all its retries.
	 */
	private static final long MEMORY_NANOS = Duration.ofMinutes(5).toNanos();

	private final TunnelRegistry registry;

	private final Duration grace;

	private final Map<String, Retirement> retirements = new ConcurrentHashMap<>();

	RetiredTunnels(TunnelRegistry registry, Duration grace) {
		this.registry = registry;
		this.grace = grace;
	}

	/**
	 * Ends tunnels of a route.
	 * @param route id of the route
	 * @param generation generation before which they were opened
	 * @param policy how
	 */
	void retire(String route, int generation, TunnelPolicy policy) {
		long now = System.nanoTime();
		this.retirements.values().removeIf((retirement) -> now - retirement.since() > MEMORY_NANOS);
		if (policy != TunnelPolicy.KEEP) {
			Retirement retirement = new Retirement(route, generation, policy, now);
			this.retirements.put(route, retirement);
			end(retirement::concerns, policy);
		}
	}

	@Override
	public void opened(Tunnel tunnel) {
		Retirement retirement = this.retirements.get(tunnel.terms().route());
		if (retirement != null && retirement.concerns(tunnel)) {
			end((candidate) -> candidate == tunnel, retirement.policy());
		}
	}

	@Override
	public void closed(Tunnel tunnel) {
	}

	private void end(Predicate<Tunnel> which, TunnelPolicy policy) {
		if (policy == TunnelPolicy.CUT) {
			tell(which, (tunnel) -> tunnel.cut(CloseCause.GATEWAY_ROUTE));
		}
		else {
			drain(which);
		}
	}

	private void drain(Predicate<Tunnel> which) {
		CloseOrder order = new CloseOrder(CloseCause.GATEWAY_ROUTE, GOING_AWAY, "Route changed", this.grace);
		tell(which, (tunnel) -> tunnel.close(order));
	}

	private void tell(Predicate<Tunnel> which, Consumer<Tunnel> action) {
		this.registry.tell((tunnel) -> {
			if (which.test(tunnel)) {
				action.accept(tunnel);
			}
		});
	}

	/**
	 * Tunnels of a route that are to end.
	 *
	 * @param route id of the route
	 * @param generation generation before which they were opened
	 * @param policy how they end
	 * @param since when it was retired, in nanoseconds
	 */
	private record Retirement(String route, int generation, TunnelPolicy policy, long since) {

		boolean concerns(Tunnel tunnel) {
			return tunnel.terms().route().equals(this.route) && tunnel.terms().generation() < this.generation;
		}

	}

}
