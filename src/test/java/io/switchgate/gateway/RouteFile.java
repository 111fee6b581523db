package io.switchgate.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Wire;

/**
 * Configuration file with routes, in a directory that the gateway reads.
 *
 * @param directory directory of the file
 */
record RouteFile(Path directory) {

	private static final String HEAD = """
			spring:
			  cloud:
			    gateway:
			      server:
			        webflux:
			          routes:
			""";

	/**
	 * First line of the first route.
	 */
	static final int FIRST_LINE = 7;

	/**
	 * Returns a route for everything below its id.
	 * @param id route id
	 * @param uri target
	 * @param more further lines of the route
	 * @return lines
	 */
	static String route(String id, String uri, String... more) {
		StringBuilder route = new StringBuilder(
				"  - id: " + id + "\n    uri: " + uri + "\n    predicates: [ \"Path=/" + id + "/**\" ]\n");
		List.of(more).forEach((line) -> route.append("    ").append(line).append('\n'));
		return route.toString();
	}

	static String yaml(String... routes) {
		return HEAD + String.join("", routes).indent(10);
	}

	Path path() {
		return this.directory.resolve("application.yml");
	}

	/**
	 * Replaces the file as editors do: by a rename.
	 */
	RouteFile write(String text) {
		try {
			Path draft = Files.writeString(this.directory.resolve("draft"), text);
			Files.move(draft, path(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns a gateway that reads this file.
	 * @param interval time between two looks at it; 0s for none
	 * @return builder
	 */
	Gateway.Builder watchedEvery(String interval) {
		return Gateway.with()
			.property("spring.config.additional-location", "optional:file:" + this.directory + "/")
			.property("switchgate.routes.watch-interval", interval)
			.property("management.endpoints.web.exposure.include", "refresh,prometheus");
	}

	/**
	 * Returns a gateway that reads this file when somebody posts to its endpoint.
	 */
	Gateway.Builder refreshable() {
		return watchedEvery("0s").property("management.endpoint.refresh.access", "unrestricted")
			.property("management.endpoints.access.max-permitted", "unrestricted");
	}

	/**
	 * Posts to that endpoint.
	 * @return answer, head and body
	 */
	static String refresh(Gateway gateway) {
		try (Wire wire = Wire.connect(gateway.managementPort())) {
			wire.send("POST /actuator/refresh HTTP/1.1\nHost: localhost\nContent-Length: 0\nConnection: close\n\n");
			return new String(wire.rest(), StandardCharsets.UTF_8).replace("\r\n", "\n");
		}
	}

}
