package io.switchgate.observability;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import io.switchgate.tunnel.Direction;
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

	private final Meter.MeterProvider<Counter> ended;

	TunnelMetrics(MeterRegistry registry) {
		this.registry = registry;
		this.ended = Counter.builder(GatewayMeters.TUNNELS_CLOSED.meterName())
			.description("Ended tunnels")
			.withRegistry(registry);
	}

	@Override
	public void opened(Tunnel tunnel) {
		this.routes.compute(tunnel.terms().route(), (route, meters) -> {
			RouteMeters opened = (meters != null) ? meters : new RouteMeters(route, this.registry);
			opened.opened();
			return opened;
		});
	}

	@Override
	public void stallBegins(Tunnel tunnel, Direction direction) {
		meters(tunnel, direction).stallBegins();
	}

	@Override
	public void stallEnds(Tunnel tunnel, Direction direction, Duration time) {
		meters(tunnel, direction).stallEnds(time);
	}

	@Override
	public void slowed(Tunnel tunnel, Direction direction, Duration time) {
		meters(tunnel, direction).slowed(time);
	}

	@Override
	public void pongReceived(Tunnel tunnel, Direction direction, Duration time) {
		meters(tunnel, direction).pongReceived(time);
	}

	@Override
	public void closed(Tunnel tunnel) {
		meters(tunnel).closed(tunnel.age());
		this.ended.withTags("route", tunnel.terms().route(), "cause", cause(tunnel), "code", code(tunnel.closeCode()))
			.increment();
	}

	/**
	 * Forgets a route unless it has open tunnels.
	 * @return whether it has none
	 */
	boolean forget(String route) {
		return this.routes.computeIfPresent(route, (id, meters) -> meters.isUsed() ? meters : null) == null;
	}

	static String cause(Tunnel tunnel) {
		return Objects.requireNonNull(tunnel.cause(), "not ended").code();
	}

	/**
	 * Returns a code of RFC 6455, section 7.4.1, or the range to which it belongs, so
	 * that invented codes cannot create thousands of meters.
	 */
	private static String code(int code) {
		if (code >= FIRST_CODE && code <= LAST_CODE) {
			return String.valueOf(code);
		}
		return (code / 1000 == 3 || code / 1000 == 4) ? code / 1000 + "xxx" : "other";
	}

	/**
	 * Returns the meters of a direction of a tunnel.
	 */
	DirectionMeters meters(Tunnel tunnel, Direction direction) {
		return meters(tunnel).of(direction);
	}

	private RouteMeters meters(Tunnel tunnel) {
		return this.routes.computeIfAbsent(tunnel.terms().route(), (route) -> new RouteMeters(route, this.registry));
	}

}
