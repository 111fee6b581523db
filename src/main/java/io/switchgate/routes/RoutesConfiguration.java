package io.switchgate.routes;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;
import org.springframework.cloud.gateway.route.CachingRouteLocator;
import org.springframework.cloud.gateway.route.RouteDefinitionLocator;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.accept.ApiVersionStrategy;

import io.switchgate.journal.Redaction;

/**
 * Builds the routes, and finds the route of a request.
 */
@Configuration(proxyBeanMethods = false)
class RoutesConfiguration {

	@Bean
	RouteFactories routeFactories(ConfigurationService configuration, List<GatewayFilterFactory<?>> filters,
			List<RoutePredicateFactory<?>> predicates, Redaction redaction) {
		return new RouteFactories(configuration, filters, predicates, redaction);
	}

	/**
	 * Has the name of Spring Cloud Gateway's own bean, which it replaces.
	 */
	@Bean
	@Primary
	RouteLocator cachedCompositeRouteLocator(RouteDefinitionLocator definitions, GatewayProperties properties,
			RouteFactories factories) {
		return new CachingRouteLocator(new ConfiguredRoutes(definitions, properties, factories));
	}

	@Bean
	RouteMapping routeMapping(FilteringWebHandler handler, RouteLocator locator, GlobalCorsProperties cors,
			Environment environment, ObjectProvider<ApiVersionStrategy> versions) {
		RouteMapping mapping = new RouteMapping(handler, locator, cors, environment);
		versions.ifAvailable(mapping::setApiVersionStrategy);
		return mapping;
	}

}
