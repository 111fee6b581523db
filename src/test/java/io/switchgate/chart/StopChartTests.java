package io.switchgate.chart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the grace period of a pod, and of rollouts.
 */
class StopChartTests {

	private static final Chart CHART = Chart.copy();

	private static int grace(String... values) {
		return CHART.render(values).pod().at("/terminationGracePeriodSeconds").asInt();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{}                                                                      | 70
			preStopSeconds: 0                                                       | 65
			preStopSeconds: 15                                                      | 80
			config: { switchgate: { drain: { time: 60s } } }                        | 110
			config: { switchgate.drain: { time: 2m, grace: 0s } }                   | 165
			config: { switchgate.drain.time: PT1M30S }                              | 140
			config: { switchgate.drain.time: pt1h }                                 | 3650
			config: { switchgate.drain.time: PT0.2S }                               | 51
			config: { switchgate.drain.time: 1500 }                                 | 52
			config: { switchgate.drain.time: 500ms }                                | 51
			config: { switchgate.drain.time: 0 }                                    | 50
			config: { switchgate.drain.time: 10us }                                 | 51
			config: { switchgate.tunnel.close-wait: 10s }                           | 91
			config: { switchgate: { tunnel: { closeWait: 10s, close_timeout: 2s } } } | 92
			config: { SWITCHGATE: { DRAIN: { GRACE: 7S } } }                        | 72
			config: { spring.lifecycle.timeout-per-shutdown-phase: 1m }             | 100
			""")
	void graceIsTheSumOfWhatTheStopMayTake(String values, int seconds) {
		assertThat(grace(values)).isEqualTo(seconds);
	}

	@Test
	void graceMayBeLongerThanTheSum() {
		assertThat(grace("terminationGracePeriodSeconds: 70")).isEqualTo(70);
		assertThat(grace("terminationGracePeriodSeconds: 300")).isEqualTo(300);
	}

	@Test
	void endpointsAreRemovedBeforeTheProcessIsStopped() {
		JsonNode preStop = CHART.render().gateway().at("/lifecycle/preStop/sleep/seconds");
		assertThat(preStop.asInt()).isEqualTo(5);
		assertThat(CHART.render("preStopSeconds: 0").gateway().has("lifecycle")).isFalse();
	}

	@Test
	void aRolloutTakesNoPodAwayBeforeANewOneIsReady() {
		JsonNode deployment = CHART.render().the("Deployment");
		assertThat(deployment.at("/spec/strategy/rollingUpdate/maxUnavailable").asInt(-1)).isZero();
		assertThat(deployment.at("/spec/strategy/rollingUpdate/maxSurge").asString()).isEqualTo("25%");
		assertThat(deployment.at("/spec/minReadySeconds").asInt()).isPositive();
	}

	@Test
	void theStrategyRecreateHasNoRollingUpdate() {
		assertThat(CHART.render("strategy: { type: Recreate }").the("Deployment").at("/spec/strategy"))
			.isEqualTo(Rendering.yaml("{ type: Recreate }"));
	}

	@Test
	void anotherVersionOfTheChartAloneReplacesNoPod() {
		assertThat(CHART.render().template().at("/metadata/labels").propertyNames()).containsExactlyInAnyOrder(
				"app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component");
	}

}
