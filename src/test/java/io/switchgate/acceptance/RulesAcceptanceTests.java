package io.switchgate.acceptance;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules for Prometheus, as it judges them itself.
 */
@RequiresTool("promtool")
class RulesAcceptanceTests {

	private static final Path DIRECTORY = BuildDirectory.resolve("..").resolve("config/prometheus");

	private static final Duration DEADLINE = Duration.ofSeconds(30);

	@Test
	void areRules() {
		assertThat(Program.run(DEADLINE, DIRECTORY, Tool.path("promtool"), "check", "rules", "rules.yml"))
			.anyMatch((line) -> line.contains("SUCCESS"));
	}

	@Test
	void everyAlertFiresWhenItShouldAndOnlyThen() {
		assertThat(Program.run(DEADLINE, DIRECTORY, Tool.path("promtool"), "test", "rules", "rules.test.yml"))
			.contains("  SUCCESS");
	}

}
