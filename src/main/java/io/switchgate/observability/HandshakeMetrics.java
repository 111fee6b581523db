package io.switchgate.observability;

import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.switchgate.handshake.Handshake;
import io.switchgate.handshake.HandshakeListener;

/**
 * Times handshakes.
 */
final class HandshakeMetrics implements HandshakeListener {

	private final MeterRegistry registry;

	HandshakeMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void finished(Handshake handshake) {
		Timer.builder(GatewayMeters.HANDSHAKES.meterName())
			.description("WebSocket handshakes, from the route's choice to the answer")
			.tag("route", handshake.route())
			.tag("outcome", handshake.outcome().name().toLowerCase(Locale.ROOT))
			.tag("status", String.valueOf(handshake.status()))
			.register(this.registry)
			.record(handshake.duration());
	}

}
