package io.switchgate.cluster;

import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a pod of the gateway may ask of the API server.
 */
@OnCluster
class RightsClusterTests {

	private static final String COST = """
			{ "metadata": { "annotations": { "controller.kubernetes.io/pod-deletion-cost": "7" } } }
			""";

	private static List<JsonNode> pods(Namespace namespace) {
		namespace.await(() -> assertThat(namespace.list(Kind.PODS)).hasSize(2));
		return namespace.list(Kind.PODS);
	}

	private static String volumes(JsonNode pod) {
		return pod.at("/spec/volumes").toString();
	}

	/**
	 * Returns what a user may do in a namespace, but for asking what it may do.
	 */
	private static List<String> rules(Api user, String namespace) {
		JsonNode review = user.create("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", """
				{ apiVersion: authorization.k8s.io/v1, kind: SelfSubjectRulesReview, spec: { namespace: "%s" } }
				""".formatted(namespace));
		return StreamSupport.stream(review.at("/status/resourceRules").spliterator(), false)
			.map((rule) -> rule.path("verbs") + " " + rule.path("resources"))
			.filter((rule) -> !rule.contains("selfsubject"))
			.toList();
	}

	@Test
	void podsHaveNoToken(Namespace namespace) {
		namespace.helm().chart("install", "{}");
		assertThat(pods(namespace)).allSatisfy((pod) -> assertThat(volumes(pod)).doesNotContain("oken"));
		assertThat(rules(namespace.gateway(), namespace.name())).isEmpty();
	}

	@Test
	void deletionCostMayPatchPodsOfTheNamespaceAndNothingElse(Namespace namespace) {
		namespace.helm().chart("install", "{ deletionCost: { enabled: true } }");
		JsonNode pod = pods(namespace).get(0);
		assertThat(volumes(pod)).contains("serviceAccountToken");
		Api gateway = namespace.gateway();
		String path = namespace.path(Kind.PODS, pod.at("/metadata/name").asString());
		assertThat(gateway.patch(path, COST).json().at("/metadata/annotations").toString()).contains("\"7\"");
		assertThat(rules(gateway, namespace.name())).containsExactly("[\"patch\"] [\"pods\"]");
		assertThat(gateway.find(path).status()).isEqualTo(403);
		assertThat(gateway.delete(path).status()).isEqualTo(403);
		assertThat(rules(gateway, "default")).isEmpty();
	}

}
