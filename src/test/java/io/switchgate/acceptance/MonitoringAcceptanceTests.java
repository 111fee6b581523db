package io.switchgate.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of meters, rules and dashboard with a real Prometheus, under traffic.
 */
@RequiresTool({ "promtool", "prometheus" })
class MonitoringAcceptanceTests {

	private static final Path DASHBOARD = BuildDirectory.resolve("..").resolve("config/grafana/dashboard.json");

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static final String RECORD = "- record: ";

	private static Incidents incidents;

	private static Prometheus prometheus;

	private static Thread traffic;

	private static volatile boolean stopped;

	@BeforeAll
	static void start() {
		incidents = Incidents.start();
		incidents.cause();
		prometheus = Prometheus.start(incidents.managementPort());
		traffic = new Thread(() -> {
			while (!stopped) {
				incidents.cause();
			}
		}, "incidents");
		traffic.start();
	}

	@AfterAll
	static void stop() throws InterruptedException {
		stopped = true;
		traffic.join();
		prometheus.close();
		incidents.close();
	}

	@Test
	void metersPassTheCheckOfPromtool() {
		try (Program check = Program.start(BuildDirectory.fresh("promtool"), Tool.path("promtool"), "check",
				"metrics")) {
			check.tell(incidents.scrape());
			check.endInput();
			assertThat(check.awaitExit(DEADLINE)).as(() -> String.join("\n", check.output())).isZero();
			assertThat(check.awaitEnd()).isEmpty();
		}
	}

	private static Stream<JsonNode> panels() throws IOException {
		return elements(dashboard().path("panels")).filter((panel) -> !panel.path("type").asString().equals("row"));
	}

	private static JsonNode dashboard() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(DASHBOARD));
	}

	private static Stream<JsonNode> elements(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false);
	}

	@Test
	void everyPanelSaysWhatItShows() throws IOException {
		assertThat(panels()).isNotEmpty().allSatisfy((panel) -> {
			assertThat(panel.path("title").asString()).isNotBlank();
			assertThat(panel.path("description").asString()).endsWith(".");
			assertThat(panel.at("/fieldConfig/defaults/unit").asString()).isNotBlank();
			assertThat(panel.path("targets")).isNotEmpty();
		});
	}

	private static Stream<Arguments> queries() throws IOException {
		return panels().flatMap((panel) -> elements(panel.path("targets"))
			.map((target) -> Arguments.of(panel.path("title").asString(), target.path("expr").asString())));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("queries")
	void everyQueryOfTheDashboardReturnsData(String title, String query) {
		assertReturnsData(query);
	}

	private static Stream<String> variables() throws IOException {
		return elements(dashboard().at("/templating/list")).filter((variable) -> variable.has("definition"))
			.map((variable) -> variable.path("definition").asString());
	}

	@ParameterizedTest
	@MethodSource("variables")
	void everyVariableOfTheDashboardHasValues(String definition) {
		assertReturnsData(definition.replaceFirst("label_values\\((.*), (\\w+)\\)", "count by ($2) ($1)"));
	}

	private static Stream<String> records() throws IOException {
		return Files.readAllLines(Prometheus.RULES)
			.stream()
			.filter((line) -> line.contains(RECORD))
			.map((line) -> line.substring(line.indexOf(RECORD) + RECORD.length()));
	}

	@ParameterizedTest
	@MethodSource("records")
	void everyRecordingRuleReturnsData(String name) {
		assertReturnsData(name);
	}

	private static void assertReturnsData(String query) {
		String now = query.replace("$__rate_interval", "10s").replace("$instance", ".+").replace("$route", ".+");
		Awaitility.await(now).atMost(DEADLINE).until(() -> prometheus.query(now).length > 0);
	}

}
