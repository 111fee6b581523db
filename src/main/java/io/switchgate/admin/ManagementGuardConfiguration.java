package io.switchgate.admin;

import java.util.List;
import java.util.function.Predicate;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.CorsEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Sets up the guard where the management port is. Not annotated, so that no scan finds it
 * for the port of clients: {@code META-INF/spring} has its name.
 */
class ManagementGuardConfiguration {

	@Bean
	ManagementGuard managementGuard(ManagementProperties properties, CorsEndpointProperties cors,
			PathMappedEndpoints endpoints, Environment environment) {
		return new ManagementGuard(guarded(endpoints, environment), new ManagementHosts(properties.hosts()),
				cors.toCorsConfiguration());
	}

	/**
	 * Endpoints on the port of clients are found by their paths, as Spring finds them.
	 */
	private static Predicate<ServerHttpRequest> guarded(PathMappedEndpoints endpoints, Environment environment) {
		if (ManagementPortType.get(environment) == ManagementPortType.DIFFERENT) {
			return (request) -> true;
		}
		List<PathPattern> patterns = endpoints.getAllPaths()
			.stream()
			.map((path) -> PathPatternParser.defaultInstance.parse(path + "/**"))
			.toList();
		return (request) -> patterns.stream()
			.anyMatch((pattern) -> pattern.matches(request.getPath().pathWithinApplication()));
	}

}
