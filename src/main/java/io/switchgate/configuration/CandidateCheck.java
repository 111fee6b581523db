package io.switchgate.configuration;

import java.util.List;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Checks the configuration that a reload would apply.
 */
final class CandidateCheck {

	static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(GatewayProperties.PREFIX);

	private final RouteCheck routes;

	private final PropertiesCheck properties;

	CandidateCheck(RouteCheck routes, PropertiesCheck properties) {
		this.routes = routes;
		this.properties = properties;
	}

	/**
	 * Checks routes that are already bound.
	 * @param bound routes and default filters
	 * @param findings what to add errors to
	 * @return the same routes
	 */
	CheckedRoutes check(GatewayProperties bound, Findings findings) {
		this.properties.validate(PREFIX, bound, findings);
		return this.routes.check(bound, findings);
	}

	/**
	 * Returns a line about each route, if there is no error.
	 */
	List<String> describe(GatewayProperties bound) {
		return bound.getRoutes()
			.stream()
			.map((route) -> this.routes.describe(route, bound.getDefaultFilters()))
			.toList();
	}

	/**
	 * Binds and checks routes and the gateway's own properties.
	 * @param findings what to add errors to
	 * @return routes and default filters, in an object of their own
	 */
	CheckedRoutes check(ConfigurableEnvironment environment, Findings findings) {
		GatewayProperties bound = new GatewayProperties();
		this.properties.bind(PREFIX, Bindable.ofInstance(bound), environment, findings);
		CheckedRoutes checked = check(bound, findings);
		this.properties.checkOwn(environment, findings);
		return checked;
	}

}
