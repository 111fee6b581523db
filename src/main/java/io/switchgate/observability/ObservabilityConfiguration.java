package io.switchgate.observability;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.switchgate.drain.Drains;

/**
 * Watches handshakes and tunnels with meters.
 */
@Configuration(proxyBeanMethods = false)
class ObservabilityConfiguration {

	@Bean
	DrainMetrics drainMetrics(Drains drains) {
		return new DrainMetrics(drains);
	}

	@Bean
	HandshakeMetrics handshakeMetrics(MeterRegistry registry) {
		return new HandshakeMetrics(registry);
	}

	@Bean
	ProblemMetrics problemMetrics(MeterRegistry registry) {
		return new ProblemMetrics(registry);
	}

	@Bean
	ReloadMetrics reloadMetrics(MeterRegistry registry) {
		return new ReloadMetrics(registry);
	}

	@Bean
	AccessLog accessLog() {
		return new AccessLog();
	}

	@Bean
	TunnelMetrics tunnelMetrics(MeterRegistry registry) {
		return new TunnelMetrics(registry);
	}

}
