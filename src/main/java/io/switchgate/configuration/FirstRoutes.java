package io.switchgate.configuration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Checks the routes before the gateway starts, so that an error stops the start with a
 * sentence. Then prints a line for each route and prepares the routes.
 */
final class FirstRoutes implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(FirstRoutes.class);

	private final GatewayProperties properties;

	private final ConfigurableEnvironment environment;

	private final CandidateCheck check;

	private final PropertiesCheck names;

	private final Findings findings;

	FirstRoutes(GatewayProperties properties, ConfigurableEnvironment environment, CandidateCheck check,
			PropertiesCheck names, Findings findings) {
		this.properties = properties;
		this.environment = environment;
		this.check = check;
		this.names = names;
		this.findings = findings;
	}

	@Override
	public void afterSingletonsInstantiated() {
		CheckedRoutes checked = this.check.check(this.properties, this.findings);
		this.names.checkNames(this.environment, this.findings);
		if (!this.findings.errors().isEmpty()) {
			throw new InvalidConfigurationException(this.findings.errors());
		}
		this.check.describe(this.properties).forEach(logger::info);
		checked.prepare();
	}

}
