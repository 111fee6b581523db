package io.switchgate.cluster;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.switchgate.acceptance.BuildDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Namespace of one test, which leaves it to the end of the cluster.
 *
 * @param cluster cluster
 * @param name name
 */
record Namespace(Cluster cluster, String name) {

	private static final Duration DEADLINE = Duration.ofSeconds(30);

	static Namespace create(Cluster cluster, String name) {
		cluster.api().create("/api/v1/namespaces", """
				{ apiVersion: v1, kind: Namespace, metadata: { name: "%s" } }
				""".formatted(name));
		Namespace namespace = new Namespace(cluster, name);
		namespace.await(() -> {
			assertThat(namespace.list(Kind.SERVICE_ACCOUNTS)).isNotEmpty();
			assertThat(namespace.list(Kind.CONFIG_MAPS)).isNotEmpty();
		});
		return namespace;
	}

	/**
	 * Enforces the strictest of the pod security standards from now on.
	 */
	void restrict() {
		api().patch("/api/v1/namespaces/" + this.name, """
				{ "metadata": { "labels": { "pod-security.kubernetes.io/enforce": "restricted" } } }
				""").json();
	}

	/**
	 * Waits until controllers have done their work.
	 * @param assertion what holds then
	 */
	void await(ThrowingRunnable assertion) {
		Awaitility.await(this.name).atMost(DEADLINE).untilAsserted(assertion);
	}

	Api api() {
		return this.cluster.api();
	}

	Helm helm() {
		return new Helm(this.cluster, this.name, BuildDirectory.fresh("helm"));
	}

	String path(Kind kind) {
		return kind.path(this.name);
	}

	String path(Kind kind, String object) {
		return path(kind) + "/" + object;
	}

	JsonNode get(Kind kind, String object) {
		return api().get(path(kind, object));
	}

	/**
	 * Returns the only deployment.
	 * @return deployment
	 */
	JsonNode deployment() {
		List<JsonNode> deployments = list(Kind.DEPLOYMENTS);
		assertThat(deployments).hasSize(1);
		return deployments.get(0);
	}

	/**
	 * Changes the number of pods as an autoscaler does.
	 * @param replicas number of pods
	 */
	void scale(int replicas) {
		String path = path(Kind.DEPLOYMENTS, deployment().at("/metadata/name").asString()) + "/scale";
		ObjectNode scale = (ObjectNode) api().get(path);
		// Whatever controllers have written into the status meanwhile.
		scale.withObject("/metadata").remove("resourceVersion");
		scale.withObject("/spec").put("replicas", replicas);
		api().send("PUT", path, "application/json", scale.toString()).json();
	}

	/**
	 * Returns the API as the pods of the deployment would see it if their token were of
	 * no pod.
	 * @return API for their ServiceAccount
	 */
	Api gateway() {
		return api().as(request("{}"));
	}

	/**
	 * Returns the API as a pod of the deployment sees it.
	 * @param pod name of the pod
	 * @return API for its ServiceAccount and itself
	 */
	Api gateway(String pod) {
		return api().as(token(pod));
	}

	/**
	 * Returns a token as it is mounted into a pod of the deployment.
	 * @param pod name of the pod
	 * @return token of its ServiceAccount
	 */
	String token(String pod) {
		String uid = get(Kind.PODS, pod).at("/metadata/uid").asString();
		return request(
				"{ boundObjectRef: { apiVersion: v1, kind: Pod, name: \"%s\", uid: \"%s\" } }".formatted(pod, uid));
	}

	private String request(String spec) {
		String account = deployment().at("/spec/template/spec/serviceAccountName").asString();
		return api().create(path(Kind.SERVICE_ACCOUNTS, account) + "/token", """
				{ apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: %s }
				""".formatted(spec)).at("/status/token").asString();
	}

	List<JsonNode> list(Kind kind) {
		return api().list(path(kind));
	}

	/**
	 * Lists whatever is in the namespace but what controllers report.
	 * @return paths
	 */
	List<String> everything() {
		Stream<JsonNode> groups = StreamSupport.stream(api().get("/apis").path("groups").spliterator(), false);
		Stream<String> versions = groups
			.map((group) -> "/apis/" + group.at("/preferredVersion/groupVersion").asString());
		return Stream.concat(Stream.of("/api/v1"), versions)
			.flatMap(this::kinds)
			.flatMap((kind) -> api().list(kind)
				.stream()
				.map((object) -> kind + "/" + object.at("/metadata/name").asString()))
			.sorted()
			.toList();
	}

	private Stream<String> kinds(String version) {
		return StreamSupport.stream(api().get(version).path("resources").spliterator(), false)
			.filter((kind) -> kind.path("namespaced").asBoolean() && kind.path("verbs").toString().contains("\"list\""))
			.map((kind) -> kind.path("name").asString())
			.filter((kind) -> !kind.equals("events"))
			.map((kind) -> version + "/namespaces/" + this.name + "/" + kind);
	}

}
