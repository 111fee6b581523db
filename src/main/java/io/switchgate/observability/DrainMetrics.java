package io.switchgate.observability;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.switchgate.drain.Drains;

/**
 * Shows the progress of drains.
 */
final class DrainMetrics implements MeterBinder {

	private final Drains drains;

	DrainMetrics(Drains drains) {
		this.drains = drains;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder(GatewayMeters.DRAINS_ACTIVE.meterName(), this.drains, Drains::running)
			.description("Drains that have tunnels to close")
			.register(registry);
		Gauge.builder(GatewayMeters.DRAIN_REMAINING.meterName(), this.drains, Drains::remaining)
			.description("Tunnels that drains have to close")
			.register(registry);
	}

}
