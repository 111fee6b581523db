package io.switchgate.chart;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import io.switchgate.acceptance.BuildDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of metrics, rules and the dashboard in the chart.
 */
class MonitoringChartTests {

	private static final Chart CHART = Chart.copy();

	private static final Path CONFIG = BuildDirectory.resolve("..").resolve("config");

	@Test
	void rulesAreTheProjectsOwn() {
		assertThat(CHART.render("prometheusRule: { enabled: true }").the("PrometheusRule").at("/spec"))
			.isEqualTo(Rendering.yaml(Chart.text(CONFIG.resolve("prometheus/rules.yml"))));
	}

	@Test
	void alertsCanBeLeftOutAndLabelled() {
		JsonNode rules = CHART.render("""
				prometheusRule: { enabled: true, disabledAlerts: [ SwitchgateNoRoom ], alertLabels: { team: chat } }
				""").the("PrometheusRule").at("/spec/groups/0/rules");
		List<String> alerts = rules.findValuesAsString("alert");
		assertThat(alerts).isNotEmpty().doesNotContain("SwitchgateNoRoom");
		assertThat(rules.findValuesAsString("team")).hasSameSizeAs(alerts);
		assertThat(rules.findValuesAsString("severity")).hasSameSizeAs(alerts);
	}

	@Test
	void theDashboardIsTheProjectsOwn() {
		JsonNode dashboard = CHART.render("dashboard: { enabled: true }")
			.named("ConfigMap", "gateway-switchgate-dashboard");
		assertThat(Rendering.yaml(dashboard.at("/data").path("switchgate.json").asString()))
			.isEqualTo(Rendering.yaml(Chart.text(CONFIG.resolve("grafana/dashboard.json"))));
		assertThat(dashboard.at("/metadata/labels/grafana_dashboard").asString()).isEqualTo("1");
	}

	@Test
	void theServiceMonitorFindsTheManagementServiceOnly() {
		Rendering rendering = CHART.render("serviceMonitor: { enabled: true, namespace: monitoring }");
		JsonNode monitor = rendering.the("ServiceMonitor");
		JsonNode wanted = monitor.at("/spec/selector/matchLabels");
		assertThat(rendering.all("Service")
			.filter((service) -> wanted.propertyStream()
				.allMatch((label) -> label.getValue().equals(service.at("/metadata/labels").get(label.getKey()))))
			.map(Rendering::name)).containsExactly("gateway-switchgate-management");
		assertThat(monitor.at("/metadata/namespace").asString()).isEqualTo("monitoring");
		assertThat(monitor.at("/spec/namespaceSelector/matchNames/0").asString()).isEqualTo(Chart.NAMESPACE);
		assertThat(monitor.at("/spec/endpoints/0/path").asString()).isEqualTo("/actuator/prometheus");
		assertThat(rendering.named("Service", "gateway-switchgate-management").at("/spec/ports/0/name").asString())
			.isEqualTo(monitor.at("/spec/endpoints/0/port").asString());
	}

	@Test
	void thePodMonitorNamesThePortOfThePod() {
		Rendering rendering = CHART.render("podMonitor: { enabled: true }");
		assertThat(rendering.gateway().at("/ports").findValuesAsString("name"))
			.contains(rendering.the("PodMonitor").at("/spec/podMetricsEndpoints/0/port").asString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{}                                                     | rollout status deployment/gateway-switchgate
					{}                                                     | helm -n chat test gateway --logs
					{}                                                     | WARNING: config has no routes
					replicas: 1                                            | WARNING: replicas is 1
					test: { enabled: false }                               | port-forward service/gateway-switchgate-management 8081
					autoscaling: { enabled: true }                         | NOTE: autoscaling needs a metrics adapter
					config: { switchgate.drain.time: 60s }                 | A pod may take 110 seconds to stop.
					""")
	void notesSayWhatToDoNextAndWhatToMind(String values, String sentence) {
		assertThat(CHART.notes(values)).contains(sentence);
	}

	@Test
	void notesHaveNoWarningsForACompleteInstallation() {
		assertThat(CHART.notes(Values.ROUTE, "serviceMonitor: { enabled: true }")).doesNotContain("WARNING", "NOTE:");
	}

}
