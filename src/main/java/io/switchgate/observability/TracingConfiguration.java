package io.switchgate.observability;

import io.micrometer.tracing.Tracer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Traces tunnels where spans are collected.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(TracingSwitch.ENDPOINT)
class TracingConfiguration {

	@Bean
	TunnelTracing tunnelTracing(Tracer tracer) {
		return new TunnelTracing(tracer);
	}

}
