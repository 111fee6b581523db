package io.switchgate.acceptance;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of the jar, with routes in its {@code config} folder.
 */
class JarAcceptanceTests {

	private static final Duration STOP_DEADLINE = Duration.ofSeconds(10);

	private static final int TERMINATED = 128 + 15;

	private static final Pattern LINK = Pattern.compile("\"([a-z-]+)\":\\{\"href\"");

	private static ScriptedUpstream upstream;

	private static GatewayJar jar;

	@BeforeAll
	static void start() {
		upstream = ScriptedUpstream.start();
		jar = GatewayJar.start(upstream.uri());
	}

	@AfterAll
	static void stop() {
		jar.close();
		upstream.close();
	}

	@Test
	void carriesAnUpgradeOnTheRouteOfItsConfigFolder() {
		try (Wire client = Wire.connect(jar.port())) {
			client.send(Handshakes.request("/ws"));
			try (Wire up = upstream.accept()) {
				assertThat(up.head()).startsWith("GET /ws HTTP/1.1\n");
				up.send(Handshakes.SWITCHED);
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
				client.send(Frame.text("hi").mask().bytes());
				assertThat(up.frame().text()).isEqualTo("hi");
			}
		}
	}

	@Test
	void hasNoDemo() {
		assertThat(get(jar.port(), "/")).startsWith("HTTP/1.1 404 ")
			.contains("Content-Type: application/problem+json\n", "\"status\":404");
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> Wire.connect(jar.demoPort()));
	}

	@Test
	void exposesHealthInfoAndPrometheusOnTheManagementPortOnly() {
		assertThat(LINK.matcher(get(jar.managementPort(), "/actuator")).results().map((link) -> link.group(1)))
			.containsExactlyInAnyOrder("self", "health", "health-path", "info", "prometheus", "sbom", "sbom-id",
					"tunnels", "tunnels-id", "handshakes", "handshakes-id", "closes", "drain", "console",
					"console-name");
		assertThat(get(jar.managementPort(), "/actuator/health")).startsWith("HTTP/1.1 200 ");
		assertThat(get(jar.managementPort(), "/actuator/prometheus")).startsWith("HTTP/1.1 200 ");
		assertThat(get(jar.managementPort(), "/actuator/env")).startsWith("HTTP/1.1 404 ");
		assertThat(get(jar.port(), "/actuator/health")).startsWith("HTTP/1.1 404 ");
	}

	@Test
	void stopsOnSigterm() {
		try (GatewayJar stopping = GatewayJar.start(upstream.uri())) {
			stopping.terminate();
			assertThat(stopping.awaitExit(STOP_DEADLINE)).isEqualTo(TERMINATED);
		}
	}

	private static String get(int port, String path) {
		try (Wire client = Wire.connect(port)) {
			client.send("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
			return client.head() + new String(client.rest(), StandardCharsets.UTF_8);
		}
	}

}
