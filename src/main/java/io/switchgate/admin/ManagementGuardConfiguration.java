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
 * Sets up the guard on the management port. The class has no annotation, so that
 * component scanning does not find it for the clients' port; {@code META-INF/spring}
 * names it instead.
 */
class ManagementGuardConfiguration {

	@Bean
	ManagementGuard managementGuard(ManagementProperties properties, CorsEndpointProperties cors,
			PathMappedEndpoints endpoints, Environment environment) {
		return new ManagementGuard(guarded(endpoints, environment), new ManagementHosts(properties.hosts()),
				cors.toCorsConfiguration());
	}

	/**
	 * Recognizes requests for endpoints. If endpoints share the clients' port, their
	 * paths tell, as in Spring.
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
