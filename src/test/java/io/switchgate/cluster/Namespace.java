package io.switchgate.cluster;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;

import io.switchgate.acceptance.BuildDirectory;

/**
 * Namespace of one test, which leaves it to the end of the cluster.
 *
 * @param cluster cluster
 * @param name name
 */
record Namespace(Cluster cluster, String name) {

	static Namespace create(Cluster cluster, String name) {
		cluster.api().create("/api/v1/namespaces", """
				{ apiVersion: v1, kind: Namespace, metadata: { name: "%s" } }
				""".formatted(name));
		return new Namespace(cluster, name);
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
