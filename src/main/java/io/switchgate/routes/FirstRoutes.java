package io.switchgate.routes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Checks the routes before the gateway starts, so that a mistake stops the start with a
 * sentence; then prints a line for each route.
 */
final class FirstRoutes implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(FirstRoutes.class);

	private final GatewayProperties properties;

	private final ConfigurableEnvironment environment;

	private final RouteCheck routes;

	private final PropertiesCheck names;

	FirstRoutes(GatewayProperties properties, ConfigurableEnvironment environment, RouteCheck routes,
			PropertiesCheck names) {
		this.properties = properties;
		this.environment = environment;
		this.routes = routes;
		this.names = names;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Findings findings = new Findings(new Places(this.environment));
		this.routes.check(this.properties, findings);
		this.names.checkNames(this.environment, findings);
		if (!findings.errors().isEmpty()) {
			throw new InvalidConfigurationException(findings.errors());
		}
		this.properties.getRoutes()
			.forEach((route) -> logger.info(this.routes.describe(route, this.properties.getDefaultFilters())));
	}

}
