package io.switchgate.chart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of values that the chart refuses, and of the errors for them.
 */
class RefusalChartTests {

	private static final Chart CHART = Chart.copy();

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					replica: 3                                              | additional properties 'replica' not allowed
					replicas: '3'                                           | at '/replicas': got string, want integer
					replicas: -1                                            | at '/replicas': minimum: got -1, want 0
					image: { tga: x }                                       | at '/image': additional properties 'tga' not allowed
					image: { repository: 'switchgate:1' }                   | at '/image/repository'
					image: { digest: 'sha256:x' }                           | at '/image/digest'
					'ingress:'                                              | missing property 'ingress'
					'replicas:'                                             | missing property 'replicas'
					config: x                                               | at '/config': got string, want object
					nameOverride: Chat_Gateway                              | at '/nameOverride'
					service: { port: 70000 }                                | at '/service/port': maximum: got 70,000, want 65,535
					service: { type: ExternalName }                         | at '/service/type': value must be one of
					ingress: { controller: envoy }                          | at '/ingress/controller': value must be one of
					ingress: { hosts: [ { host: a } ] }                     | at '/ingress/hosts/0': missing property 'paths'
					podDisruptionBudget: { maxUnavailable: a few }          | at '/podDisruptionBudget/maxUnavailable'
					podAnnotations: { a: 1 }                                | at '/podAnnotations/a': got number, want string
					extraEnv: [ { name: A, valu: b } ]                      | additional properties 'valu' not allowed
					deletionCost: { interval: 30 }                          | at '/deletionCost/interval': got number, want string
					test: { path: ws }                                      | at '/test/path'
					""")
	void valuesThatDoNotFitTheSchemaAreRefused(String values, String sentence) {
		assertThat(CHART.refusal(values)).contains(sentence);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					terminationGracePeriodSeconds: 30 | terminationGracePeriodSeconds: 30 (expected: at least 70, which is preStopSeconds 5, 35 for the drain and 30 for requests under way)
					config: { switchgate.drain.time: soon } | config: switchgate.drain.time: soon (expected: a time as in 20s, 500ms, 1m or PT20S,
					config: { switchgate.drain.time: '${TIME}' } | config: switchgate.drain.time: ${TIME} (expected: a time as in
					config: { switchgate.tunnel.closeWait: -1s } | config: switchgate.tunnel.closeWait: -1s (expected: a time as in
					config: { server.port: '${PORT}' } | config: server.port: ${PORT} (expected: a port from 1 to 65535,
					config: { management.server.port: 8080 } | config: management.server.port: 8080 (expected: another one than server.port, which clients reach)
					{ config: { server.ssl.bundle: a }, tls: { existingSecret: b } } | tls.existingSecret: b (expected: none, since config has server.ssl)
					extraEnv: [ { name: SWITCHGATE_DRAIN_TIME, value: 5m } ] | extraEnv: SWITCHGATE_DRAIN_TIME (expected: config: switchgate.drain.time, which the chart reads)
					extraEnv: [ { name: JAVA_TOOL_OPTIONS, value: -Xmx1g } ] | extraEnv: JAVA_TOOL_OPTIONS (expected: javaToolOptions)
					{ autoscaling: { enabled: true }, keda: { enabled: true } } | autoscaling.enabled, keda.enabled: both true (expected: one of them,
					autoscaling: { enabled: true, minReplicas: 5, maxReplicas: 4 } | autoscaling.minReplicas: 5 (expected: at most maxReplicas, which is 4)
					autoscaling: { enabled: true, tunnels: 0 } | autoscaling.tunnels, autoscaling.memory: both 0 (expected: a target for one of them)
					keda: { enabled: true } | keda.serverAddress: empty (expected: the address of Prometheus,
					{ deletionCost: { enabled: true }, serviceAccount: { create: false } } | deletionCost.enabled: true (expected: a ServiceAccount of its own,
					podDisruptionBudget: { minAvailable: 2 } | podDisruptionBudget.minAvailable: 2 (expected: less than replicas, which is 2, or no node could be emptied)
					{ podDisruptionBudget: { minAvailable: 2 }, autoscaling: { enabled: true } } | podDisruptionBudget.minAvailable: 2 (expected: less than autoscaling.minReplicas, which is 2,
					podDisruptionBudget: { minAvailable: 100% } | podDisruptionBudget.minAvailable: 100% (expected: less than replicas, which is 2,
					podDisruptionBudget: { maxUnavailable: 0 } | podDisruptionBudget.maxUnavailable: 0 (expected: at least 1, or no node could be emptied)
					podDisruptionBudget: { maxUnavailable: 0% } | podDisruptionBudget.maxUnavailable: 0% (expected: at least 1,
					{ serviceMonitor: { enabled: true }, podMonitor: { enabled: true } } | serviceMonitor.enabled, podMonitor.enabled: both true (expected: one of them,
					prometheusRule: { disabledAlerts: [ NoRoom ] } | prometheusRule.disabledAlerts: NoRoom (expected: one of SwitchgateHandshakesFail, SwitchgateUpstreamSlow,
					ingress: { enabled: true } | ingress.hosts: empty (expected: at least one host with a path)
					ingress: { enabled: true, controller: alb, idleSeconds: 4001, hosts: [ { paths: [ { path: / } ] } ] } | ingress.idleSeconds: 4001 (expected: at most 4000, which is the most that an ALB waits)
					httpRoute: { enabled: true } | httpRoute.parentRefs: empty (expected: at least one Gateway)
					networkPolicy: { enabled: true, egress: { enabled: true } } | networkPolicy.egress.rules: empty (expected: at least one rule, or no upstream could be reached)
					""")
	void valuesThatCannotWorkFailWithASentence(String values, String sentence) {
		assertThat(CHART.refusal(values)).contains(sentence);
	}

	@ParameterizedTest
	@ValueSource(strings = { "config: { spring.data.redis.password: hunter2 }",
			"config: { spring: { data: { redis: { password: hunter2 } } } }", "config: { some.apiKey: hunter2 }",
			"config: { some.pin-secret: [ hunter2 ] }", "config: { spring.data.redis.url: 'redis://me:hunter2@redis' }",
			"config: { filters: [ 'AddRequestHeader=Authorization, Basic hunter2' ] }",
			"config: { key: '-----BEGIN RSA PRIVATE KEY----- hunter2' }",
			"extraEnv: [ { name: REDIS_PASSWORD, value: hunter2 } ]" })
	void secretsAreNeitherTakenNorRepeated(String values) {
		assertThat(CHART.refusal(values)).contains("(hidden)").doesNotContain("hunter2");
	}

	@Test
	void referencesToSecretsAreAccepted() {
		CHART.render("""
				config:
				  spring.data.redis:
				    password: ${REDIS_PASSWORD}
				    url: redis://me:${REDIS_PASSWORD}@redis
				  spring.ssl.bundle.pem.a.keystore.private-key: /app/a/tls.key
				  management.endpoints.web.cors.allow-credentials: true
				  switchgate.journal.secret-headers: [ X-Api-Key, X-Token ]
				  filters: [ "AddRequestHeader=Authorization, Basic ${BASIC}", "AddRequestHeader=X-Hop, a" ]
				extraEnv:
				  - name: REDIS_PASSWORD
				    valueFrom: { secretKeyRef: { name: redis, key: password } }
				""");
	}

	@Test
	void anOlderKubernetesIsRefused() {
		try {
			CHART.renderFor("1.29");
			throw new AssertionError("Taken");
		}
		catch (IllegalStateException ex) {
			assertThat(ex).hasMessageContaining("chart requires kubeVersion: >=1.30.0-0");
		}
	}

}
