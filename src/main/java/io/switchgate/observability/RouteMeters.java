package io.switchgate.observability;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.switchgate.tunnel.Direction;

/**
 * Meters of the tunnels of one route.
 */
final class RouteMeters {

	private static final Duration[] DURATIONS = { Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1),
			Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1) };

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
			.serviceLevelObjectives(DURATIONS)
			.tag("route", route)
			.register(registry);
		this.toUpstream = new DirectionMeters(route, Direction.TO_UPSTREAM, registry);
		this.toClient = new DirectionMeters(route, Direction.TO_CLIENT, registry);
	}

	void opened() {
		this.active.incrementAndGet();
	}

	void closed(Duration age) {
		this.active.decrementAndGet();
		this.duration.record(age);
	}

	boolean isUsed() {
		return this.active.get() > 0;
	}

	DirectionMeters of(Direction direction) {
		return (direction == Direction.TO_UPSTREAM) ? this.toUpstream : this.toClient;
	}

}
