package io.switchgate.chart;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.switchgate.fixture.Documentation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the number of pods and of the autoscalers in the chart.
 */
class ScalingChartTests {

	private static final Chart CHART = Chart.copy();

	private static final String HPA = "autoscaling: { enabled: true, minReplicas: 3, maxReplicas: 7, tunnels: 100 }";

	private static final String KEDA = "{ keda: { enabled: true, serverAddress: 'http://p:9090', tunnels: 100 }, autoscaling: { maxReplicas: 7 } }";

	@Test
	void replicasAreThoseOfTheValuesWithoutAnAutoscaler() {
		assertThat(CHART.render("replicas: 4").the("Deployment").at("/spec/replicas").asInt()).isEqualTo(4);
		assertThat(CHART.render(HPA).the("Deployment").at("/spec").has("replicas")).isFalse();
		assertThat(CHART.render(KEDA).the("Deployment").at("/spec").has("replicas")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			[ { manager: helm, operation: Apply, fieldsV1: { f:spec: { f:replicas: {} } } } ]               | 4
			[ { manager: helm, operation: Apply, fieldsV1: { f:spec: {} } }, \
			  { manager: kube-controller-manager, operation: Update, fieldsV1: { f:spec: { f:replicas: {} } } } ] |
			[ { manager: helm, operation: Update, fieldsV1: { f:spec: { f:replicas: {} } } } ]              | 4
			[ { manager: helm, operation: Update, fieldsV1: { f:spec: {} } }, \
			  { manager: kube-controller-manager, operation: Update, fieldsV1: { f:spec: { f:replicas: {} } } } ] | 4
			""")
	void runningPodsStayWhenAnAutoscalerIsEnabled(String managers, @Nullable Integer replicas) {
		String running = "global: { running: { metadata: { managedFields: " + managers
				+ " }, spec: { replicas: 4 } } }";
		JsonNode rendered = CHART.render(HPA, running).the("Deployment").at("/spec/replicas");
		assertThat(rendered.isMissingNode() ? null : rendered.asInt()).isEqualTo(replicas);
		assertThat(CHART.render("replicas: 2", running).the("Deployment").at("/spec/replicas").asInt()).isEqualTo(2);
	}

	@Test
	void theAutoscalerMeasuresOpenTunnelsOfAPod() {
		JsonNode autoscaler = CHART.render(HPA).the("HorizontalPodAutoscaler");
		assertThat(autoscaler.at("/spec/metrics")).isEqualTo(Rendering.yaml("""
				- type: Pods
				  pods:
				    metric: { name: switchgate_tunnels_active }
				    target: { type: AverageValue, averageValue: "100" }
				"""));
		assertThat(autoscaler.at("/spec/maxReplicas").asInt()).isEqualTo(7);
		assertThat(Documentation.page("metrics.md")).contains("`switchgate.tunnels.active`");
	}

	@Test
	void theAutoscalerMayMeasureMemory() {
		JsonNode metrics = CHART.render("autoscaling: { enabled: true, tunnels: 0, memory: 80 }")
			.the("HorizontalPodAutoscaler")
			.at("/spec/metrics");
		assertThat(metrics).isEqualTo(Rendering.yaml("""
				- type: Resource
				  resource: { name: memory, target: { type: Utilization, averageUtilization: 80 } }
				"""));
	}

	@ParameterizedTest
	@ValueSource(strings = { HPA, KEDA })
	void podsAreRemovedSlowlyAndAddedFast(String values) {
		Rendering rendering = CHART.render(values);
		JsonNode behavior = rendering.kinds().contains("ScaledObject")
				? rendering.the("ScaledObject").at("/spec/advanced/horizontalPodAutoscalerConfig/behavior")
				: rendering.the("HorizontalPodAutoscaler").at("/spec/behavior");
		assertThat(behavior.at("/scaleDown")).isEqualTo(Rendering.yaml("""
				stabilizationWindowSeconds: 600
				policies: [ { type: Pods, value: 1, periodSeconds: 300 } ]
				"""));
		assertThat(behavior.at("/scaleUp/stabilizationWindowSeconds").asInt(-1)).isZero();
	}

	@Test
	void kedaAsksForTheTunnelsOfThisRelease() {
		JsonNode trigger = CHART.render(KEDA).the("ScaledObject").at("/spec/triggers/0");
		assertThat(trigger.at("/metadata/query").asString()).isEqualTo(
				"sum(switchgate_tunnels_active{namespace=\"chat\", pod=~\"gateway-switchgate-[a-z0-9]+(-[a-z0-9]+)?\"})");
		assertThat(trigger.at("/metadata/threshold").asString()).isEqualTo("100");
		assertThat(trigger.at("/metricType").asString()).isEqualTo("AverageValue");
	}

	@Test
	void aNodeCanBeEmptiedWhileTheGatewayServes() {
		JsonNode budget = CHART.render().the("PodDisruptionBudget");
		assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
		assertThat(budget.at("/spec/unhealthyPodEvictionPolicy").asString()).isEqualTo("AlwaysAllow");
		JsonNode other = CHART.render("podDisruptionBudget: { minAvailable: 50% }").the("PodDisruptionBudget");
		assertThat(other.at("/spec/minAvailable").asString()).isEqualTo("50%");
		assertThat(other.at("/spec").has("maxUnavailable")).isFalse();
	}

}
