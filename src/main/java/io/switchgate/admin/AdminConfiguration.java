package io.switchgate.admin;

import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.switchgate.drain.DrainProperties;
import io.switchgate.drain.Drains;
import io.switchgate.tunnel.TunnelRegistry;

/**
 * Sets up the gateway's own endpoints.
 */
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {

	@Bean
	TunnelsEndpoint tunnelsEndpoint(TunnelRegistry registry, DrainProperties drain) {
		return new TunnelsEndpoint(registry, drain.grace());
	}

	@Bean
	DrainEndpoint drainEndpoint(Drains drains, DrainProperties properties, RouteLocator routes) {
		return new DrainEndpoint(drains, properties, routes);
	}

}
