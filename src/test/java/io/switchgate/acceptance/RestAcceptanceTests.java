package io.switchgate.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.ScriptedUpstream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the classes that a gateway without traffic has loaded, since they are most of
 * its memory.
 */
class RestAcceptanceTests {

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static final String LOADED = "[class,load] ";

	/**
	 * Limit for the classes, with room for other versions of libraries and JVMs.
	 */
	private static final int MOST = 12_000;

	private static final String TLS = "sun.security.ssl.SSLContextImpl";

	private static List<String> classes = List.of();

	@BeforeAll
	static void start() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(); GatewayJar gateway = start(upstream.uri())) {
			classes = classes(gateway.output());
		}
	}

	private static GatewayJar start(String upstreamUri) {
		return GatewayJar.start(upstreamUri, Tool.java(), "-Xlog:class+load", "-jar", GatewayJar.file());
	}

	private static List<String> classes(List<String> output) {
		return output.stream()
			.filter((line) -> line.contains(LOADED))
			.map((line) -> line.substring(line.indexOf(LOADED) + LOADED.length()))
			.toList();
	}

	@AfterAll
	static void forget() {
		classes = List.of();
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.github.resilience4j.circuitbreaker.", "io.lettuce.", "org.apache.logging.",
			"org.springframework.cloud.circuitbreaker.", "org.springframework.data.redis.", TLS })
	void loadsNoClassesOfLibrariesThatNoRouteNeeds(String library) {
		assertThat(classes).isNotEmpty().noneMatch((name) -> name.startsWith(library));
	}

	@Test
	void loadsTlsForARouteThatNeedsIt() {
		try (GatewayJar gateway = start("https://localhost:1")) {
			assertThat(classes(gateway.output())).anyMatch((name) -> name.startsWith(TLS));
		}
	}

	/**
	 * A check only looks.
	 */
	@Test
	void checkLoadsNoTls() throws IOException {
		Path directory = BuildDirectory.fresh("check-tls");
		Files.writeString(directory.resolve("routes.yml"), """
				spring.cloud.gateway.server.webflux.routes:
				  - id: chat
				    uri: https://localhost:1
				    predicates: [ Path=/ws ]
				    filters: [ UpstreamHttpVersion=2 ]
				""");
		assertThat(classes(Program.run(DEADLINE, directory, Tool.java(), "-Xlog:class+load", "-jar", GatewayJar.file(),
				"check", "routes.yml")))
			.isNotEmpty()
			.noneMatch((name) -> name.startsWith(TLS));
	}

	@Test
	void loadsALimitedNumberOfClasses() {
		assertThat(classes).hasSizeLessThan(MOST);
	}

}
