package io.switchgate.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the command {@code check} of the jar.
 */
class CheckAcceptanceTests {

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static final String ROUTES = """
			spring.cloud.gateway.server.webflux.routes:
			  - id: chat
			    uri: http://localhost:8000
			    predicates: [ Path=/ws ]
			  - id: talk
			    uri: http://localhost:8000
			    predicates: [ Path=/talk ]
			""";

	private Path directory;

	@BeforeEach
	void start() {
		this.directory = BuildDirectory.fresh("check");
	}

	@Test
	void aGoodConfigurationIsALineAndStatus0() throws IOException {
		Path config = Files.createDirectory(this.directory.resolve("config"));
		Files.writeString(config.resolve("application.yml"), ROUTES);
		assertPrints(0, "check", "config/application.yml: 2 routes, no errors");
	}

	@Test
	void everyErrorIsALineAndTheStatusIs1() throws IOException {
		Files.writeString(this.directory.resolve("broken.yml"), ROUTES + """
				    filters:
				      - StripPrefix=x
				server.port: abc
				switchgate:
				  tunnel:
				    close-wait: 0s
				    limits.mode: strikt
				  routs.on-change: keep
				""");
		assertPrints(1, "check broken.yml",
				"broken.yml:9: route talk, filter StripPrefix=x: 'x' (expected: a value of type int)",
				"broken.yml:10: server.port: 'abc' (expected: a value of type Integer)",
				"broken.yml:13: switchgate.tunnel.close-wait: PT0S (expected: > 0)",
				"broken.yml:14: switchgate.tunnel.limits.mode: 'strikt' (expected: transparent, lenient, strict)",
				"broken.yml:15: switchgate.routs.on-change: unknown (expected: something below ");
	}

	@Test
	void invalidYamlIsALineAndStatus1() throws IOException {
		Files.writeString(this.directory.resolve("broken.yml"), ROUTES + "  x: [\n");
		assertPrints(1, "check broken.yml", "broken.yml:8: ");
	}

	@Test
	void anUnknownCommandIsStatus2() {
		assertPrints(2, "chek", "command: chek (expected: check, probe, or none to start)");
	}

	/**
	 * Asserts that a command ends with a status and prints exactly the lines with these
	 * beginnings.
	 */
	private void assertPrints(int status, String command, String... lines) {
		try (Program program = GatewayJar.command(this.directory, command.split(" ", -1))) {
			assertThat(program.awaitExit(DEADLINE)).isEqualTo(status);
			assertThat(program.awaitEnd()).hasSameSizeAs(lines).satisfies((printed) -> {
				for (int i = 0; i < lines.length; i++) {
					assertThat(printed.get(i)).startsWith(lines[i]);
				}
			});
		}
	}

}
