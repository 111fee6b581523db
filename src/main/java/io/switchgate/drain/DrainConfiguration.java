package io.switchgate.drain;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;

import io.switchgate.tunnel.TunnelProperties;
import io.switchgate.tunnel.TunnelRegistry;

/**
 * Drains tunnels, on request and before the process stops.
 */
@Configuration(proxyBeanMethods = false)
class DrainConfiguration {

	/**
	 * Added to the drain's own limit, so that the framework does not stop waiting before
	 * the drain has ended.
	 */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	@Bean
	Drains drains(TunnelRegistry registry, TunnelProperties tunnels) {
		return new Drains(registry, tunnels);
	}

	@Bean
	DrainLifecycle drainLifecycle(Drains drains, DrainProperties properties, DefaultLifecycleProcessor phases) {
		DrainRequest request = properties.request(DrainScope.all());
		phases.setTimeoutForShutdownPhase(DrainLifecycle.PHASE, drains.bound(request).plus(MARGIN).toMillis());
		return new DrainLifecycle(drains, request);
	}

}
