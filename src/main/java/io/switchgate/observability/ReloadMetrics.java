package io.switchgate.observability;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.switchgate.configuration.ReloadListener;
import io.switchgate.configuration.ReloadOutcome;

/**
 * Counts reloads, and shows whether the configuration was valid.
 */
final class ReloadMetrics implements ReloadListener {

	private final MeterRegistry registry;

	private final AtomicInteger valid = new AtomicInteger(1);

	ReloadMetrics(MeterRegistry registry) {
		this.registry = registry;
		Gauge.builder(GatewayMeters.ROUTES_VALID.meterName(), this.valid, AtomicInteger::get)
			.description("Whether the configuration files could be taken")
			.register(registry);
	}

	@Override
	public void reloaded(ReloadOutcome outcome) {
		this.valid.set((outcome != ReloadOutcome.FAILED) ? 1 : 0);
		Counter.builder(GatewayMeters.ROUTES_RELOADS.meterName())
			.description("Reloads of the configuration")
			.tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
			.register(this.registry)
			.increment();
	}

}
