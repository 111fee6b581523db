package io.switchgate.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Objects that the chart has rendered.
 *
 * @param objects objects of Kubernetes
 */
record Rendering(List<JsonNode> objects) {

	private static final JsonMapper MAPPER = new JsonMapper();

	static Rendering parse(String yaml) {
		List<JsonNode> objects = new ArrayList<>();
		loader().loadAll(yaml).forEach((object) -> objects.add(MAPPER.valueToTree(object)));
		objects.removeIf(JsonNode::isNull);
		return new Rendering(objects);
	}

	static JsonNode yaml(String yaml) {
		return MAPPER.valueToTree(loader().load(yaml));
	}

	private static Yaml loader() {
		LoaderOptions options = new LoaderOptions();
		// Finds keys that a template writes twice.
		options.setAllowDuplicateKeys(false);
		return new Yaml(new SafeConstructor(options));
	}

	List<String> kinds() {
		return this.objects.stream().map((object) -> object.at("/kind").asString()).distinct().toList();
	}

	Stream<JsonNode> all(String kind) {
		return this.objects.stream().filter((object) -> object.at("/kind").asString().equals(kind));
	}

	/**
	 * Returns the first object of a kind.
	 */
	JsonNode the(String kind) {
		return all(kind).findFirst().orElseThrow(() -> new AssertionError("No " + kind + " in " + kinds()));
	}

	JsonNode named(String kind, String name) {
		return all(kind).filter((object) -> name(object).equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No " + kind + " named " + name));
	}

	static String name(JsonNode object) {
		return object.at("/metadata/name").asString();
	}

	/**
	 * Returns the template of the gateway's pods.
	 */
	JsonNode template() {
		return the("Deployment").at("/spec/template");
	}

	JsonNode pod() {
		return template().at("/spec");
	}

	/**
	 * Returns the gateway's container.
	 */
	JsonNode gateway() {
		return pod().at("/containers/0");
	}

	/**
	 * Returns a variable of the gateway's environment, or a missing node.
	 */
	JsonNode variable(String name) {
		return gateway().at("/env")
			.valueStream()
			.filter((variable) -> variable.at("/name").asString().equals(name))
			.findFirst()
			.orElse(gateway().at("/none"));
	}

	/**
	 * Returns the application's configuration in its ConfigMap.
	 */
	JsonNode configuration() {
		return yaml(application());
	}

	String application() {
		return named("ConfigMap", name(the("Deployment"))).at("/data/application.yml").asString();
	}

	String checksum() {
		return template().at("/metadata/annotations").path("checksum/config").asString();
	}

}
