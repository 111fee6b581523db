package io.switchgate.observability;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.switchgate.journal.HandshakeListener;
import io.switchgate.journal.HandshakeRecord;

/**
 * Times handshakes, and their connections to upstreams.
 */
final class HandshakeMetrics implements HandshakeListener {

	private static final Duration[] BUCKETS = { Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
			Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
			Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(10) };

	private static final String NONE = "none";

	private final Meter.MeterProvider<Timer> handshakes;

	private final Meter.MeterProvider<Timer> connections;

	private final HandshakeScope scope;

	private final AtomicInteger inFlight = new AtomicInteger();

	HandshakeMetrics(MeterRegistry registry, HandshakeScope scope) {
		this.handshakes = Timer.builder(GatewayMeters.HANDSHAKES.meterName())
			.description("WebSocket handshakes, from their arrival to the answer")
			.serviceLevelObjectives(BUCKETS)
			.withRegistry(registry);
		this.connections = Timer.builder(GatewayMeters.UPSTREAM_CONNECT.meterName())
			.description("Connections to upstreams for handshakes, TLS included")
			.serviceLevelObjectives(BUCKETS)
			.withRegistry(registry);
		this.scope = scope;
		Gauge.builder(GatewayMeters.HANDSHAKES_IN_FLIGHT.meterName(), this.inFlight, AtomicInteger::get)
			.description("WebSocket handshakes under way")
			.register(registry);
	}

	@Override
	public void begun() {
		this.inFlight.incrementAndGet();
	}

	@Override
	public void finished(HandshakeRecord handshake) {
		this.inFlight.decrementAndGet();
		this.scope.within(handshake.id(), () -> record(handshake));
	}

	private void record(HandshakeRecord handshake) {
		HandshakeRecord.Result result = handshake.result();
		String route = Objects.requireNonNullElse(result.route(), NONE);
		this.handshakes
			.withTags("route", route, "outcome", result.outcome().code(), "cause",
					Objects.requireNonNullElse(result.cause(), NONE), "status", String.valueOf(result.status()))
			.record(handshake.times().total());
		Duration dial = handshake.times().dial();
		if (dial != null) {
			this.connections.withTag("route", route).record(dial);
		}
	}

}
