package io.switchgate.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Helm does with the chart, as the API server sees it.
 */
@OnCluster
class ReleaseClusterTests {

	private static final String REPLICAS = "/spec/replicas";

	private static final int KINDS = 14;

	private static final String MANY_KINDS = """
			ingress: { enabled: true, controller: nginx, hosts: [ { host: a.example, paths: [ { path: /ws } ] } ] }
			httpRoute: { enabled: true, parentRefs: [ { name: public } ] }
			networkPolicy: { enabled: true, egress: { enabled: true, rules: [ { ports: [ { port: 8000 } ] } ] } }
			podMonitor: { enabled: true }
			prometheusRule: { enabled: true }
			dashboard: { enabled: true }
			deletionCost: { enabled: true }
			""";

	@Test
	void goesUpAndBackAndLeavesNothing(Namespace namespace) {
		List<String> before = namespace.everything();
		Helm helm = namespace.helm();
		helm.chart("install", MANY_KINDS);
		assertThat(namespace.everything()).hasSizeGreaterThan(before.size() + KINDS);
		helm.chart("upgrade", "{ replicas: 3 }");
		assertThat(namespace.deployment().at(REPLICAS).asInt()).isEqualTo(3);
		helm.run("rollback", Helm.RELEASE, "1");
		assertThat(namespace.deployment().at(REPLICAS).asInt()).isEqualTo(2);
		assertThat(helm.run("history", Helm.RELEASE)).hasSize(4)
			.last()
			.asString()
			.contains("deployed", "Rollback to 1");
		helm.run("uninstall", Helm.RELEASE);
		namespace.await(() -> assertThat(namespace.everything()).isEqualTo(before));
	}

	static Stream<Path> examples() throws IOException {
		try (Stream<Path> files = Files.list(Helm.CHART.resolve("examples"))) {
			return files.sorted().toList().stream();
		}
	}

	@ParameterizedTest
	@MethodSource("examples")
	void everyExampleMakesPodsWherePodsAreRestricted(Path values, Namespace namespace) {
		namespace.restrict();
		Helm helm = namespace.helm();
		helm.run("install", Helm.RELEASE, Helm.CHART.toString(), "-f", values.toString());
		namespace
			.await(() -> assertThat(namespace.list(Kind.PODS)).hasSize(namespace.deployment().at(REPLICAS).asInt()));
		JsonNode pod = namespace.deployment().at("/spec/template");
		helm.run("upgrade", Helm.RELEASE, Helm.CHART.toString(), "-f", values.toString());
		assertThat((Object) namespace.deployment().at("/spec/template")).isEqualTo(pod);
	}

	@Test
	void fieldsThatAreUnknownAreRefused(Namespace namespace) {
		Helm helm = namespace.helm();
		String refusal = helm.refusal("install", Helm.RELEASE, Helm.CHART.toString(), "-f", helm.values("""
				extraContainers: [ { name: more, image: more, imagePulPolicy: Always } ]
				"""));
		assertThat(refusal).contains(".imagePulPolicy: field not declared in schema");
		assertThat(namespace.list(Kind.DEPLOYMENTS)).isEmpty();
	}

	@Test
	void testOfTheReleaseRunsAndLeavesItsPodForItsLog(Namespace namespace, Kubelet kubelet) {
		namespace.restrict();
		List<String> before = namespace.everything();
		Helm helm = namespace.helm();
		helm.chart("install", "{}");
		assertThat(helm.run("test", Helm.RELEASE)).anyMatch((line) -> line.matches("Phase: +Succeeded"));
		assertThat(kubelet.ended()).singleElement().asString().contains("probe");
		helm.run("uninstall", Helm.RELEASE);
		namespace.await(() -> assertThat(namespace.everything()).filteredOn((object) -> !before.contains(object))
			.singleElement()
			.asString()
			.endsWith("/pods/gateway-switchgate-handshake"));
	}

}
