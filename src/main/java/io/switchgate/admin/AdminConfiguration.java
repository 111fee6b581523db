package io.switchgate.admin;

import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.switchgate.doctor.Closes;
import io.switchgate.drain.DrainProperties;
import io.switchgate.drain.Drains;
import io.switchgate.journal.Journal;
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
	HandshakesEndpoint handshakesEndpoint(Journal journal) {
		return new HandshakesEndpoint(journal);
	}

	@Bean
	Closes closes() {
		return new Closes();
	}

	@Bean
	ClosesEndpoint closesEndpoint(Closes closes) {
		return new ClosesEndpoint(closes);
	}

	@Bean
	DrainEndpoint drainEndpoint(Drains drains, DrainProperties properties, RouteLocator routes) {
		return new DrainEndpoint(drains, properties, routes);
	}

}
