package io.switchgate.chart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.SwitchgateApplication;
import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.RequiresTool;
import io.switchgate.configuration.CheckCommand;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that all objects of the chart fit the schemas of Kubernetes and of operators.
 */
class SchemasChartTests {

	/**
	 * Groups of alternative values. The first of each group is the default.
	 */
	private static final List<List<String>> MATRIX = List.of(
			List.of("", "autoscaling: { enabled: true }", "autoscaling: { enabled: true, tunnels: 0, memory: 75 }",
					"keda: { enabled: true, serverAddress: 'http://prometheus:9090', authenticationRef: { name: a } }"),
			List.of("", "serviceMonitor: { enabled: true, namespace: monitoring, labels: { release: x } }",
					"podMonitor: { enabled: true, metricRelabelings: [ { action: labeldrop, regex: x } ] }"),
			List.of("", "tls: { existingSecret: chat-tls }", "config: { management.server.ssl.bundle: x }"),
			List.of("", "deletionCost: { enabled: true }", "deletionCost: { enabled: true, admissionPolicy: false }"),
			List.of("", "podDisruptionBudget: { minAvailable: 1 }", "podDisruptionBudget: { maxUnavailable: 25% }"),
			List.of("", "ingress: { enabled: true, controller: nginx, hosts: [ { paths: [ { path: / } ] } ] }",
					"ingress: { enabled: true, controller: alb, hosts: [ { host: a.b, paths: [ { path: / } ] } ] }"),
			List.of("", "networkPolicy: { enabled: true }",
					"networkPolicy: { enabled: true, egress: { enabled: true, rules: [ { ports: [ { port: 80 } ] } ] } }"),
			List.of("", "service: { type: LoadBalancer, nodePort: 30080, externalTrafficPolicy: Local }",
					"service: { appProtocol: '', trafficDistribution: PreferClose }"),
			List.of("", "preStopSeconds: 0"), List.of("", "serviceAccount: { create: false, name: other }"),
			List.of("",
					"{ prometheusRule: { enabled: true, disabledAlerts: [ SwitchgateNoRoom ] }, dashboard: { enabled: true } }"),
			List.of("",
					"httpRoute: { enabled: true, parentRefs: [ { name: a, sectionName: b } ], hostnames: [ a.b ] }"),
			List.of("",
					"{ commonLabels: { a: b }, podLabels: { c: d }, podAnnotations: { e: f }, priorityClassName: g }",
					"{ nodeSelector: { a: b }, tolerations: [ { operator: Exists } ], imagePullSecrets: [ { name: a } ] }"),
			List.of("", """
					extraEnv: [ { name: A, value: b }, { name: C, valueFrom: { secretKeyRef: { name: d, key: e } } } ]
					extraEnvFrom: [ { secretRef: { name: f } } ]
					extraVolumes: [ { name: g, emptyDir: {} } ]
					extraVolumeMounts: [ { name: g, mountPath: /g } ]
					extraContainers: [ { name: h, image: h } ]
					initContainers: [ { name: i, image: i } ]
					extraObjects: [ { apiVersion: v1, kind: ConfigMap, metadata: { name: '{{ .Release.Name }}-j' } } ]
					"""));

	private static final Chart CHART = Chart.copy();

	private static List<Path> examples() {
		return Chart.examples();
	}

	/**
	 * Returns each alternative alone, and combinations of alternatives of all groups.
	 */
	private static Stream<String[]> combinations() {
		List<String[]> combinations = new ArrayList<>();
		int most = MATRIX.stream().mapToInt(List::size).max().orElseThrow();
		for (int group = 0; group < MATRIX.size(); group++) {
			for (String alone : MATRIX.get(group)) {
				combinations.add(new String[] { Values.ROUTE, alone });
			}
		}
		for (int shift = 0; shift < most; shift++) {
			int next = shift;
			combinations.add(
					Stream
						.concat(Stream.of(Values.ROUTE),
								MATRIX.stream()
									.map((group) -> group.get((next + MATRIX.indexOf(group)) % group.size())))
						.toArray(String[]::new));
		}
		return combinations.stream();
	}

	@Test
	void lintHasNothingToWarnOf() {
		assertThat(Chart.lint()).allMatch((message) -> message.startsWith("[INFO]"));
	}

	@Test
	@Timeout(300)
	@RequiresTool({ "python3", "node", "npm" })
	void everyExampleAndEveryCombinationFitsTheOldestAndTheNewestKubernetes() {
		Schemas schemas = new Schemas();
		for (String version : List.of(Chart.OLDEST, Chart.NEWEST)) {
			for (Path example : examples()) {
				schemas.add(example.getFileName() + " for " + version, version,
						CHART.renderFor(version, Chart.text(example)));
			}
			combinations().forEach((values) -> schemas.add(String.join(" ", values) + " for " + version, version,
					CHART.renderFor(version, values)));
			schemas.add("most for " + version, version, CHART.renderFor(version, Values.MOST));
			schemas.add("nothing for " + version, version, CHART.renderFor(version, Values.NOTHING));
		}
		assertThat(schemas.verdicts()).hasSize(2).allMatch((line) -> line.matches("\\d{2,3} objects read"));
	}

	@Test
	@Timeout(300)
	@RequiresTool({ "python3", "node", "npm" })
	void objectsThatDoNotFitTheirSchemaAreFound() {
		Schemas schemas = new Schemas();
		schemas.add("typo", Chart.NEWEST, CHART.render(Values.ROUTE, """
				securityContext: { readOnlyRootFilesystm: true }
				httpRoute: { enabled: true, parentRefs: [ { name: 5 } ] }
				"""));
		assertThat(schemas.verdicts()).anyMatch((line) -> line.contains("'readOnlyRootFilesystm' was unexpected"))
			.anyMatch((line) -> line.contains("typo HTTPRoute data/spec/parentRefs/0/name must be string"));
	}

	@ParameterizedTest
	@MethodSource("examples")
	void everyExampleIsAConfigurationThatTheGatewayTakes(Path example) throws IOException {
		Path file = Files.writeString(BuildDirectory.fresh("example").resolve("application.yml"),
				CHART.render(Chart.text(example)).application());
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		try (PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
			new CheckCommand(SwitchgateApplication.class, stream, stream).run(CheckCommand.NAME, file.toString());
		}
		assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith(": 1 route, no errors" + System.lineSeparator());
	}

}
