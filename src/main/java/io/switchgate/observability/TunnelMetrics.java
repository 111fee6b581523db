package io.switchgate.observability;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.switchgate.tunnel.Direction;
import io.switchgate.tunnel.FrameCounts;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelListener;

/**
 * Counts tunnels, what they carry, and how they end.
 */
final class TunnelMetrics implements TunnelListener {

	private static final int FIRST_CODE = 1000;

	private static final int LAST_CODE = 1015;

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
	public void relayed(Tunnel tunnel, Direction direction, long bytes, FrameCounts frames) {
		RouteMeters meters = meters(tunnel);
		((direction == Direction.TO_UPSTREAM) ? meters.toUpstream : meters.toClient).add(bytes, frames);
	}

	@Override
	public void closed(Tunnel tunnel) {
		RouteMeters meters = meters(tunnel);
		meters.active.decrementAndGet();
		meters.duration.record(tunnel.age());
		Counter.builder(GatewayMeters.TUNNELS_CLOSED.meterName())
			.description("Ended tunnels")
			.tag("route", tunnel.terms().route())
			.tag("cause", cause(tunnel))
			.tag("code", code(tunnel.closeCode()))
			.register(this.registry)
			.increment();
	}

	static String cause(Tunnel tunnel) {
		return Objects.requireNonNull(tunnel.cause(), "not ended").code();
	}

	/**
	 * Returns a code of RFC 6455, section 7.4.1, or the range that it is from: nobody may
	 * make thousands of meters out of codes.
	 */
	private static String code(int code) {
		if (code >= FIRST_CODE && code <= LAST_CODE) {
			return String.valueOf(code);
		}
		return (code / 1000 == 3 || code / 1000 == 4) ? code / 1000 + "xxx" : "other";
	}

	private RouteMeters meters(Tunnel tunnel) {
		return this.routes.computeIfAbsent(tunnel.terms().route(), (route) -> new RouteMeters(route, this.registry));
	}

	/**
	 * Meters of one route.
	 */
	private static final class RouteMeters {

		private final AtomicInteger active = new AtomicInteger();

		private final Timer duration;

		private final DirectionMeters toUpstream;

		private final DirectionMeters toClient;

		RouteMeters(String route, MeterRegistry registry) {
			Gauge.builder(GatewayMeters.TUNNELS_ACTIVE.meterName(), this.active, AtomicInteger::get)
				.description("Open tunnels")
				.tag("route", route)
				.register(registry);
			this.duration = Timer.builder(GatewayMeters.TUNNEL_DURATION.meterName())
				.description("Tunnels, from the switch to their end")
				.tag("route", route)
				.register(registry);
			this.toUpstream = new DirectionMeters(route, "to-upstream", registry);
			this.toClient = new DirectionMeters(route, "to-client", registry);
		}

	}

}
