package io.switchgate.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.util.concurrent.EventExecutor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import reactor.netty.resources.LoopResources;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What strangers reach of the admin endpoints: every one that the class path has, over
 * HTTP, as the gateway comes and where somebody exposes everything.
 */
class ActuatorGatewayTests {

	private static final Set<String> OPEN = Set.of("health", "info", "prometheus", "sbom", "tunnels", "handshakes",
			"closes", "drain", "console");

	private static final List<String> WRITES = List.of("POST", "PUT", "PATCH", "DELETE");

	private static final String SECRET = "a-secret-of-the-environment";

	@AutoClose
	private static final Gateway GATEWAY = Gateway.with().route("chat", "http://localhost:1").start();

	@AutoClose
	private static final Gateway CARELESS = Gateway.with()
		.route("chat", "http://localhost:1")
		.property("management.endpoints.web.exposure.include", "*")
		.property("management.endpoints.access.default", "unrestricted")
		.property("some.token", SECRET)
		.start();

	static Stream<String> endpoints() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(Endpoint.class));
		scanner.setResourcePattern("**/*Endpoint*.class");
		return Stream.of("org.springframework", "io")
			.flatMap((root) -> scanner.findCandidateComponents(root).stream())
			.map(ActuatorGatewayTests::id)
			.distinct();
	}

	private static String id(BeanDefinition definition) {
		String name = Objects.requireNonNull(definition.getBeanClassName());
		return MergedAnnotations.from(ClassUtils.resolveClassName(name, null)).get(Endpoint.class).getString("id");
	}

	@Test
	void knowsTheEndpoints() {
		assertThat(endpoints()).contains("gateway", "env", "heapdump", "loggers", "shutdown", "threaddump", "beans",
				"configprops", "mappings", "conditions", "metrics", "scheduledtasks", "sbom", "refresh", "health",
				"info", "prometheus", "tunnels", "handshakes", "closes", "drain", "console");
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void onlyNineCanBeReadAndNoneWritten(String id) {
		assertThat(status(GATEWAY.managementPort(), "GET", "/actuator/" + id)).isEqualTo(OPEN.contains(id) ? 200 : 404);
		assertThat(status(GATEWAY.port(), "GET", "/actuator/" + id)).isEqualTo(404);
		assertNothingIsWritten(GATEWAY, id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/..;/env", "/actuator/..;/actuator/env", "//actuator/env", "/actuator//env",
			"/actuator/%65nv", "/%61ctuator/env", "/actuator;/env", "/actuator/env;x=1", "/actuator/env/",
			"/ACTUATOR/ENV", "/actuator/./env", "/actuator%2fenv", "/actuator/health/..;/env",
			"/actuator/health/diskSpace", "/actuator/health/ping", "/actuator/env.json", "/actuator/gateway/routes",
			"/actuator/gateway/refresh", "/actuator/env/PATH", "/env", "/cloudfoundryapplication" })
	void noOtherPathLeadsThere(String path) {
		for (int port : new int[] { GATEWAY.port(), GATEWAY.managementPort() }) {
			assertThat(status(port, "GET", path)).isIn(400, 404);
			assertThat(status(port, "POST", path)).isIn(400, 404, 405);
		}
	}

	@Test
	void healthHasNoDetails() {
		String answer = request(GATEWAY.managementPort(), "GET", "/actuator/health");
		assertThat(answer).contains("\"status\":\"UP\"").doesNotContain("components", "details", "diskSpace");
	}

	@Test
	void answersWhileEveryEventLoopOfTunnelsIsHeldUp() {
		CompletableFuture<Void> answered = new CompletableFuture<>();
		for (EventExecutor loop : GATEWAY.bean(LoopResources.class).onServer(true)) {
			CompletableFuture<Void> heldUp = new CompletableFuture<>();
			loop.execute(() -> {
				heldUp.complete(null);
				answered.join();
			});
			heldUp.orTimeout(10, TimeUnit.SECONDS).join();
		}
		try {
			assertThat(status(GATEWAY.managementPort(), "GET", "/actuator/health/readiness")).isEqualTo(200);
			assertThat(status(GATEWAY.managementPort(), "GET", "/actuator/prometheus")).isEqualTo(200);
		}
		finally {
			answered.complete(null);
		}
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void exposingEverythingLetsNobodyWrite(String id) {
		assertNothingIsWritten(CARELESS, id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway", "gateway/routes", "gateway/globalfilters", "heapdump", "shutdown", "refresh" })
	void exposingEverythingDoesNotExpose(String path) {
		assertThat(status(CARELESS.managementPort(), "GET", "/actuator/" + path)).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "env, ******", "env/some.token, ******", "configprops, ******", "metrics, jvm.", "health, UP",
			"info, build", "prometheus, jvm_" })
	void exposingEverythingShowsNoValues(String path, String shown) {
		String answer = request(CARELESS.managementPort(), "GET", "/actuator/" + path);
		assertThat(answer).startsWith("HTTP/1.1 200 ").contains(shown).doesNotContain(SECRET);
	}

	private static void assertNothingIsWritten(Gateway gateway, String id) {
		for (int port : new int[] { gateway.port(), gateway.managementPort() }) {
			for (String path : List.of("/actuator/" + id, "/actuator/" + id + "/refresh")) {
				assertThat(WRITES).allSatisfy((method) -> assertThat(status(port, method, path)).isIn(404, 405));
			}
		}
	}

	private static int status(int port, String method, String path) {
		return Integer.parseInt(request(port, method, path).substring("HTTP/1.1 ".length()).substring(0, 3));
	}

	private static String request(int port, String method, String path) {
		String length = method.equals("GET") ? "" : "Content-Length: 0\n";
		try (Wire client = Wire.connect(port)) {
			client.send(method + " " + path + " HTTP/1.1\nHost: localhost\n" + length + "Connection: close\n\n");
			return client.head() + new String(client.rest(), StandardCharsets.UTF_8);
		}
	}

}
