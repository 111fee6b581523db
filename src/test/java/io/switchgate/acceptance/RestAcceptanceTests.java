package io.switchgate.acceptance;

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

	private static final String LOADED = "[class,load] ";

	/**
	 * Limit for the classes, with room for other versions of libraries and JVMs.
	 */
	private static final int MOST = 12_000;

	private static List<String> classes = List.of();

	@BeforeAll
	static void start() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start();
				GatewayJar gateway = GatewayJar.start(upstream.uri(), Tool.java(), "-Xlog:class+load", "-jar",
						GatewayJar.file())) {
			classes = gateway.output()
				.stream()
				.filter((line) -> line.contains(LOADED))
				.map((line) -> line.substring(line.indexOf(LOADED) + LOADED.length()))
				.toList();
		}
	}

	@AfterAll
	static void forget() {
		classes = List.of();
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.github.resilience4j.circuitbreaker.", "io.lettuce.", "org.apache.logging.",
			"org.springframework.cloud.circuitbreaker.", "org.springframework.data.redis.",
			"sun.security.ssl.SSLContextImpl" })
	void loadsNoClassesOfLibrariesThatNoRouteNeeds(String library) {
		assertThat(classes).isNotEmpty().noneMatch((name) -> name.startsWith(library));
	}

	@Test
	void loadsALimitedNumberOfClasses() {
		assertThat(classes).hasSizeLessThan(MOST);
	}

}
