package io.switchgate.console;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.context.annotation.Bean;

/**
 * Sets up the console's headers on the management port. The class has no annotation, so
 * that component scanning does not find it for the clients' port; {@code META-INF/spring}
 * names it instead.
 */
class ConsoleHeadersConfiguration {

	@Bean
	ConsoleHeaders consoleHeaders(WebEndpointProperties properties) {
		return new ConsoleHeaders(properties.getBasePath() + "/console");
	}

}
