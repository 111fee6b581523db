package io.switchgate.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Documentation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the rules for Prometheus with promtool.
 */
@RequiresTool("promtool")
class RulesAcceptanceTests {

	private static final Path DIRECTORY = BuildDirectory.resolve("..").resolve("config/prometheus");

	private static final String ALERT = "- alert: ";

	private static final Duration DEADLINE = Duration.ofSeconds(30);

	@Test
	void everyRuleIsValid() {
		assertThat(Program.run(DEADLINE, DIRECTORY, Tool.path("promtool"), "check", "rules", "rules.yml"))
			.anyMatch((line) -> line.contains("SUCCESS"));
	}

	@Test
	void everyAlertFiresWhenItShouldAndOnlyThen() {
		assertThat(Program.run(DEADLINE, DIRECTORY, Tool.path("promtool"), "test", "rules", "rules.test.yml"))
			.contains("  SUCCESS");
	}

	private static Stream<String> alerts() throws IOException {
		return Files.readAllLines(DIRECTORY.resolve("rules.yml"))
			.stream()
			.filter((line) -> line.contains(ALERT))
			.map((line) -> line.substring(line.indexOf(ALERT) + ALERT.length()));
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void everyAlertIsTestedAndExplained(String alert) throws IOException {
		assertThat(Files.readString(DIRECTORY.resolve("rules.test.yml"))).contains("alertname: " + alert + "\n");
		assertThat(Documentation.page("metrics.md")).contains("| `" + alert + "` |");
	}

}
