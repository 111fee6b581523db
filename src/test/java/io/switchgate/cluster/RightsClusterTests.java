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

	private static final List<String> OTHER_PATCHES = List.of("""
			{ "metadata": { "annotations": { "a": "b" } } }
			""", """
			{ "metadata": { "labels": { "a": "b" } } }
			""", """
			{ "metadata": { "labels": null } }
			""", """
			{ "metadata": { "finalizers": [ "a.b/c" ] } }
			""", """
			{ "metadata": { "ownerReferences": null } }
			""", """
			{ "metadata": { "annotations": { "controller.kubernetes.io/pod-deletion-cost": "7", "a": "b" } } }
			""", """
			{ "spec": { "activeDeadlineSeconds": 1 } }
			""");

	private static final String POLICIES = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";

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
	void deletionCostMayPatchPodsAndNothingElse(Namespace namespace) {
		namespace.helm().chart("install", "{ deletionCost: { enabled: true } }");
		JsonNode pod = pods(namespace).get(0);
		assertThat(volumes(pod)).contains("serviceAccountToken");
		Api gateway = namespace.gateway(name(pod));
		String path = namespace.path(Kind.PODS, name(pod));
		assertThat(gateway.patch(path, COST).json().at("/metadata/annotations").toString()).contains("\"7\"");
		assertThat(rules(gateway, namespace.name())).containsExactly("[\"patch\"] [\"pods\"]");
		assertThat(gateway.find(path).status()).isEqualTo(403);
		assertThat(gateway.delete(path).status()).isEqualTo(403);
		assertThat(rules(gateway, "default")).isEmpty();
	}

	@Test
	void policyLetsAPodChangeItsOwnDeletionCostOnly(Namespace namespace) {
		namespace.helm().chart("install", "{ deletionCost: { enabled: true } }");
		List<JsonNode> pods = pods(namespace);
		String own = namespace.path(Kind.PODS, name(pods.get(0)));
		Api gateway = namespace.gateway(name(pods.get(0)));
		// A policy takes a moment to be known.
		namespace.await(() -> assertRefused(gateway.patch(namespace.path(Kind.PODS, name(pods.get(1))), COST)));
		assertRefused(namespace.gateway().patch(own, COST));
		for (String patch : OTHER_PATCHES) {
			assertRefused(gateway.patch(own, patch));
		}
		gateway.patch(own, COST).json();
		gateway.patch(own, COST.replace("\"7\"", "\"8\"")).json();
		assertThat(gateway.patch(own, COST.replace("\"7\"", "null")).json().at("/metadata/annotations").toString())
			.doesNotContain("deletion-cost");
		// Others are not held to it.
		namespace.api().patch(own, OTHER_PATCHES.get(0)).json();
		assertRefused(gateway.patch(own, OTHER_PATCHES.get(0).replace("\"b\"", "null")));
	}

	@Test
	void policiesOfReleasesDoNotMeet(Namespace namespace) {
		namespace.helm().chart("install", "{ deletionCost: { enabled: true }, fullnameOverride: same }");
		assertThat(namespace.api().find(POLICIES + "/same." + namespace.name()).status()).isEqualTo(200);
		namespace.helm().run("uninstall", Helm.RELEASE);
		namespace.await(
				() -> assertThat(namespace.api().find(POLICIES + "/same." + namespace.name()).status()).isEqualTo(404));
	}

	private static String name(JsonNode pod) {
		return pod.at("/metadata/name").asString();
	}

	private static void assertRefused(Api.Answer answer) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(422);
		assertThat(answer.body()).contains("A pod of the gateway may ");
	}

}
