package io.switchgate.configuration;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.switchgate.drain.DrainProperties;
import io.switchgate.drain.DrainScope;
import io.switchgate.drain.Drains;
import io.switchgate.tunnel.CloseCause;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelListener;
import io.switchgate.tunnel.TunnelRegistry;

/**
 * Ends tunnels whose route was changed or removed, if the policy says so. This includes
 * tunnels whose handshake was in progress at that time.
 */
final class RetiredTunnels implements TunnelListener {

	private static final Logger logger = LoggerFactory.getLogger(RetiredTunnels.class);

	/**
	 * How long a retired route is remembered: longer than any handshake with all its
	 * retries.
	 */
	private static final long MEMORY_NANOS = Duration.ofMinutes(5).toNanos();

	private final TunnelRegistry registry;

	private final Drains drains;

	private final DrainProperties properties;

	private final Map<String, Retirement> retirements = new ConcurrentHashMap<>();

	RetiredTunnels(TunnelRegistry registry, Drains drains, DrainProperties properties) {
		this.registry = registry;
		this.drains = drains;
		this.properties = properties;
	}

	/**
	 * Ends the tunnels of a route as the policy says.
	 * @param generation generation before which they were opened
	 */
	void retire(String route, int generation, TunnelPolicy policy) {
		long now = System.nanoTime();
		this.retirements.values().removeIf((retirement) -> now - retirement.since() > MEMORY_NANOS);
		if (policy != TunnelPolicy.KEEP) {
			Retirement retirement = new Retirement(route, generation, policy, now);
			this.retirements.put(route, retirement);
			end(retirement);
		}
	}

	private void end(Retirement retirement) {
		if (retirement.policy() == TunnelPolicy.CUT) {
			tellAll(retirement);
			return;
		}
		try {
			this.drains.start(this.properties.request(retirement.scope()));
		}
		catch (IllegalStateException ex) {
			logger.warn("Tunnels of route {} end at once: {}", retirement.route(), ex.getMessage());
			tellAll(retirement);
		}
	}

	private void tellAll(Retirement retirement) {
		this.registry.tell((tunnel) -> tell(tunnel, retirement));
	}

	private void tell(Tunnel tunnel, Retirement retirement) {
		if (!retirement.concerns(tunnel)) {
			return;
		}
		if (retirement.policy() == TunnelPolicy.CUT) {
			tunnel.cut(CloseCause.GATEWAY_ROUTE);
		}
		else {
			tunnel.close(this.properties.request(retirement.scope()).order());
		}
	}

	/**
	 * Ends a tunnel whose handshake was in progress when its route was retired.
	 */
	@Override
	public void opened(Tunnel tunnel) {
		Retirement retirement = this.retirements.get(tunnel.terms().route());
		if (retirement != null) {
			this.registry.tell(tunnel, Duration.ZERO, (late) -> tell(late, retirement));
		}
	}

	@Override
	public void closed(Tunnel tunnel) {
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

		DrainScope scope() {
			return DrainScope.ofFormerRoute(this.route, this.generation);
		}

	}

}
