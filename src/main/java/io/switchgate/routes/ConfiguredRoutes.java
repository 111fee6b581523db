package io.switchgate.routes;

import java.net.URI;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.route.RouteDefinitionLocator;
import org.springframework.cloud.gateway.route.RouteLocator;
import reactor.core.publisher.Flux;

/**
 * Routes for requests, made as {@code check} has tried them. Spring Cloud Gateway's own
 * locator refuses an upstream whose name has an underscore, because {@link URI} finds no
 * host in it.
 *
 * <p>
 * For Spring Cloud Gateway 5.0 (spring-cloud/spring-cloud-gateway#2763).
 */
final class ConfiguredRoutes implements RouteLocator {

	private final RouteDefinitionLocator definitions;

	private final GatewayProperties properties;

	private final RouteFactories factories;

	ConfiguredRoutes(RouteDefinitionLocator definitions, GatewayProperties properties, RouteFactories factories) {
		this.definitions = definitions;
		this.properties = properties;
		this.factories = factories;
	}

	@Override
	public Flux<Route> getRoutes() {
		return this.definitions.getRouteDefinitions().map(this::route);
	}

	private Route route(RouteDefinition definition) {
		String id = String.valueOf(definition.getId());
		try {
			return this.factories.route(definition, id, this.properties.getDefaultFilters(), true);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("route " + id + ", " + ex.getMessage(), ex);
		}
	}

}
