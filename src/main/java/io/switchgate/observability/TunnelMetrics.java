package io.switchgate.observability;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.switchgate.tunnel.Direction;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelListener;

/**
 * Counts tunnels and their bytes.
 */
final class TunnelMetrics implements TunnelListener {

	private final Map<String, RouteMeters> routes = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	TunnelMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void opened(Tunnel tunnel) {
		meters(tunnel).active.incrementAndGet();
	}

	@Override
	public void relayed(Tunnel tunnel, Direction direction, long bytes) {
		RouteMeters meters = meters(tunnel);
		((direction == Direction.TO_UPSTREAM) ? meters.toUpstream : meters.toClient).increment(bytes);
	}

	@Override
	public void closed(Tunnel tunnel) {
		RouteMeters meters = meters(tunnel);
		meters.active.decrementAndGet();
		meters.duration.record(tunnel.age());
	}

	private RouteMeters meters(Tunnel tunnel) {
		return this.routes.computeIfAbsent(tunnel.route(), (route) -> new RouteMeters(route, this.registry));
	}

	/**
	 * Meters of one route.
	 */
	private static final class RouteMeters {

		private final AtomicInteger active = new AtomicInteger();

		private final Timer duration;

		private final Counter toUpstream;

		private final Counter toClient;

		RouteMeters(String route, MeterRegistry registry) {
			Gauge.builder(GatewayMeters.TUNNELS_ACTIVE.meterName(), this.active, AtomicInteger::get)
				.description("Open tunnels")
				.tag("route", route)
				.register(registry);
			this.duration = Timer.builder(GatewayMeters.TUNNEL_DURATION.meterName())
				.description("Tunnels, from the switch to their end")
				.tag("route", route)
				.register(registry);
			this.toUpstream = bytes(route, "to-upstream", registry);
			this.toClient = bytes(route, "to-client", registry);
		}

		private static Counter bytes(String route, String direction, MeterRegistry registry) {
			return Counter.builder(GatewayMeters.TUNNEL_BYTES.meterName())
				.description("Bytes relayed by tunnels")
				.baseUnit("bytes")
				.tag("route", route)
				.tag("direction", direction)
				.register(registry);
		}

	}

}
