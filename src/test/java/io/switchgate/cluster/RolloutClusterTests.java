package io.switchgate.cluster;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an upgrade of the release does to the pods.
 */
@OnCluster
class RolloutClusterTests {

	private static final String VALUES = """
			replicas: 4
			minReadySeconds: 1
			config:
			  switchgate.drain.time: %s
			  spring.cloud.gateway.server.webflux:
			    routes:
			      - id: chat
			        uri: http://%s:8000
			        predicates: [ Path=/ws ]
			""";

	private static List<String> install(Namespace namespace, Kubelet kubelet) {
		namespace.helm().chart("install", VALUES.formatted("20s", "chat"));
		return kubelet.awaitServing(4);
	}

	private static void awaitRollout(Namespace namespace) {
		namespace.await(() -> {
			JsonNode deployment = namespace.deployment();
			assertThat(deployment.at("/status/observedGeneration")).isEqualTo(deployment.at("/metadata/generation"));
			assertThat(deployment.at("/status/updatedReplicas").asInt()).isEqualTo(4);
			assertThat(deployment.at("/status/replicas").asInt()).isEqualTo(4);
		});
	}

	private static String configuration(Namespace namespace) {
		return namespace.get(Kind.CONFIG_MAPS, namespace.deployment().at("/metadata/name").asString())
			.at("/data/application.yml")
			.asString();
	}

	@Test
	void routesChangeInThePodsThatRun(Namespace namespace, Kubelet kubelet) {
		List<String> pods = install(namespace, kubelet);
		namespace.helm().chart("upgrade", VALUES.formatted("20s", "other"));
		assertThat(configuration(namespace)).contains("http://other:8000");
		assertThat(namespace.deployment().at("/metadata/generation").asInt()).isOne();
		assertThat(kubelet.serving()).isEqualTo(pods);
	}

	@Test
	void anotherChangeReplacesEachPodAndNoneIsMissing(Namespace namespace, Kubelet kubelet) {
		List<String> pods = install(namespace, kubelet);
		namespace.helm().chart("upgrade", VALUES.formatted("10s", "chat"));
		awaitRollout(namespace);
		assertThat(kubelet.fewest()).isEqualTo(4);
		assertThat(kubelet.awaitServing(4)).doesNotContainAnyElementsOf(pods);
		assertThat(namespace.list(Kind.REPLICA_SETS)).hasSize(2);
	}

	@Test
	void podsThatNeverGetReadyReplaceNone(Namespace namespace, Kubelet kubelet) {
		kubelet.breaks((pod) -> pod.toString().contains(":broken"));
		List<String> pods = install(namespace, kubelet);
		Helm helm = namespace.helm();
		helm.run("upgrade", Helm.RELEASE, Helm.CHART.toString(), "--reuse-values", "--set", "image.tag=broken");
		namespace.await(() -> assertThat(namespace.list(Kind.PODS)).hasSize(5));
		helm.run("rollback", Helm.RELEASE);
		namespace.await(() -> assertThat(namespace.list(Kind.PODS)).hasSize(4));
		assertThat(kubelet.serving()).isEqualTo(pods);
		assertThat(kubelet.fewest()).isEqualTo(4);
	}

	@Test
	void servicesHaveThePodsThatServe(Namespace namespace, Kubelet kubelet) {
		install(namespace, kubelet);
		namespace.await(() -> assertThat(namespace.list(Kind.ENDPOINT_SLICES))
			.allSatisfy((slice) -> assertThat(slice.path("endpoints")).hasSize(4)
				.allSatisfy((endpoint) -> assertThat(endpoint.at("/conditions/ready").asBoolean()).isTrue()))
			.extracting((slice) -> slice.at("/ports/0/port").asInt() + slice.at("/ports/0/appProtocol").asString())
			.containsExactlyInAnyOrder("8080kubernetes.io/ws", "8081"));
	}

}
