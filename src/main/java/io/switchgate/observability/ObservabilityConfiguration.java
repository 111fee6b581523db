package io.switchgate.observability;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.resources.LoopResources;

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
	EventLoopMetrics eventLoopMetrics(LoopResources eventLoops, MeterRegistry registry) {
		return new EventLoopMetrics(eventLoops, registry);
	}

	@Bean
	FormerRoutes formerRoutes(GatewayProperties properties, TunnelMetrics tunnels, MeterRegistry registry) {
		return new FormerRoutes(properties, tunnels, registry);
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
