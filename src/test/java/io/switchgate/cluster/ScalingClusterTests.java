package io.switchgate.cluster;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More pods and fewer.
 */
@OnCluster
class ScalingClusterTests {

	private static final String REPLICAS = "/spec/replicas";

	private static final String COST = """
			{ "metadata": { "annotations": { "controller.kubernetes.io/pod-deletion-cost": "%d" } } }
			""";

	private static final String EVICTION = """
			{ apiVersion: policy/v1, kind: Eviction, metadata: { name: "%s" } }
			""";

	private static Api.Answer evict(Namespace namespace, String pod) {
		return namespace.api().post(namespace.path(Kind.PODS, pod) + "/eviction", EVICTION.formatted(pod));
	}

	@Test
	void podsWithTheLowestCostGoFirst(Namespace namespace, Kubelet kubelet) {
		namespace.helm().chart("install", "{ minReadySeconds: 0, replicas: 4 }");
		List<String> pods = kubelet.awaitServing(4);
		Map.of(0, 20, 1, 5, 2, 300, 3, 0)
			.forEach((pod, cost) -> namespace.api()
				.patch(namespace.path(Kind.PODS, pods.get(pod)), COST.formatted(cost))
				.json());
		namespace.scale(2);
		assertThat(kubelet.awaitServing(2)).containsExactlyInAnyOrder(pods.get(0), pods.get(2));
		namespace.scale(1);
		assertThat(kubelet.awaitServing(1)).containsExactly(pods.get(2));
	}

	@Test
	void nodesAreDrainedOnePodAtATime(Namespace namespace, Kubelet kubelet) {
		namespace.helm().chart("install", "{ minReadySeconds: 0, replicas: 2 }");
		List<String> pods = kubelet.awaitServing(2);
		kubelet.breaks((pod) -> true);
		namespace.await(() -> assertThat(evict(namespace, pods.get(0)).status()).isEqualTo(201));
		assertThat(evict(namespace, pods.get(1)).body()).contains("\"code\":429", "disruption budget");
		kubelet.breaks((pod) -> false);
		namespace.await(() -> assertThat(evict(namespace, pods.get(1)).status()).isEqualTo(201));
	}

	@Test
	void autoscalerFollowsTheTunnelsFastUpAndSlowlyDown(Namespace namespace, Kubelet kubelet) {
		Helm helm = namespace.helm();
		helm.chart("install", "{ minReadySeconds: 0, replicas: 2 }");
		kubelet.awaitServing(2);
		try (MetricsAdapter adapter = MetricsAdapter.start(namespace, "switchgate_tunnels_active")) {
			adapter.tunnels(350);
			helm.chart("upgrade", "{ minReadySeconds: 0, autoscaling: { enabled: true, tunnels: 100 } }");
			kubelet.awaitServing(4);
			adapter.tunnels(20);
			namespace.await(() -> assertThat(namespace.list(Kind.HORIZONTAL_POD_AUTOSCALERS)).singleElement()
				.asString()
				.contains("ScaleDownStabilized"));
			assertThat(kubelet.serving()).hasSize(4);
		}
	}

	@Test
	void upgradesLeaveTheNumberOfPodsToTheAutoscaler(Namespace namespace) {
		Helm helm = namespace.helm();
		helm.chart("install", "{ autoscaling: { enabled: true } }");
		namespace.scale(7);
		helm.chart("upgrade", "{ autoscaling: { enabled: true }, preStopSeconds: 7 }");
		assertThat(namespace.deployment().at(REPLICAS).asInt()).isEqualTo(7);
	}

	@Test
	void autoscalersTakeOverThePodsThatThereAre(Namespace namespace) {
		Helm helm = namespace.helm();
		helm.chart("install", "{ replicas: 5 }");
		helm.chart("upgrade", "{ autoscaling: { enabled: true } }");
		helm.chart("upgrade", "{ autoscaling: { enabled: true }, preStopSeconds: 7 }");
		assertThat(namespace.deployment().at(REPLICAS).asInt()).isEqualTo(5);
		namespace.scale(6);
		helm.chart("upgrade", "{ autoscaling: { enabled: true }, preStopSeconds: 8 }");
		assertThat(namespace.deployment().at(REPLICAS).asInt()).isEqualTo(6);
	}

	@Test
	void numbersThatOthersSetAreTakenBackByForceOnly(Namespace namespace) {
		Helm helm = namespace.helm();
		helm.chart("install", "{ replicas: 5 }");
		namespace.scale(6);
		String values = helm.values("{ replicas: 4 }");
		assertThat(helm.refusal("upgrade", Helm.RELEASE, Helm.CHART.toString(), "-f", values)).contains("conflict with",
				".spec.replicas");
		assertThat(namespace.deployment().at(REPLICAS).asInt()).isEqualTo(6);
		helm.run("upgrade", Helm.RELEASE, Helm.CHART.toString(), "-f", values, "--force-conflicts");
		assertThat(namespace.deployment().at(REPLICAS).asInt()).isEqualTo(4);
	}

}
