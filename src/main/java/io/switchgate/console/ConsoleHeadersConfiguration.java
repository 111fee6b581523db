package io.switchgate.console;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.context.annotation.Bean;

/**
 * Sets up the headers of the console where the management port is. Not annotated, so that
 * no scan finds it for the port of clients: {@code META-INF/spring} has its name.
 */
class ConsoleHeadersConfiguration {

	@Bean
	ConsoleHeaders consoleHeaders(WebEndpointProperties properties) {
		return new ConsoleHeaders(properties.getBasePath() + "/console");
	}

}
