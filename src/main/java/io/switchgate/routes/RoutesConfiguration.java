package io.switchgate.routes;

import java.util.List;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Checks the routes at the start.
 */
@Configuration(proxyBeanMethods = false)
class RoutesConfiguration {

	@Bean
	RouteCheck routeCheck(GatewayProperties properties, ConfigurationService configuration,
			List<GatewayFilterFactory<?>> filters, List<RoutePredicateFactory<?>> predicates) {
		return new RouteCheck(properties, configuration, filters, predicates);
	}

}
