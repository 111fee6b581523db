package io.switchgate.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.Installation;
import io.switchgate.acceptance.Program;
import io.switchgate.acceptance.Tool;

/**
 * Schemas of Kubernetes by version, and of the operators whose resources the chart
 * renders. They come from packages, so no cluster is needed.
 */
final class Schemas {

	private static final Path RESOURCES = BuildDirectory.resolve("test-classes").resolve("chart");

	private static final Path PYTHON = BuildDirectory.resolve("chart-python");

	private static final Path NODE = BuildDirectory.resolve("chart-node");

	private static final Duration DEADLINE = Duration.ofSeconds(90);

	/**
	 * Groups of resources that belong to operators.
	 */
	private static final List<String> OPERATORS = List.of("gateway.networking.k8s.io/", "keda.sh/",
			"monitoring.coreos.com/");

	/**
	 * Samples by object, so an object of many renderings is validated once.
	 */
	private final Map<Object, Sample> kubernetes = new HashMap<>();

	private final Map<Object, Sample> operators = new HashMap<>();

	void add(String where, String version, Rendering rendering) {
		for (JsonNode object : rendering.objects()) {
			Sample sample = new Sample(where, version, object);
			if (OPERATORS.stream().anyMatch(object.at("/apiVersion").asString()::startsWith)) {
				this.operators.putIfAbsent(object, sample);
			}
			else {
				this.kubernetes.putIfAbsent(List.of(version, object), sample);
			}
		}
	}

	/**
	 * Validates all objects.
	 * @return a line for each error, and one for each kind of schemas with the number of
	 * objects
	 */
	List<String> verdicts() {
		Path python = Installation.environment(PYTHON, RESOURCES.resolve("requirements.txt")).resolve("python");
		Installation.packages(NODE, RESOURCES.resolve("package.json"));
		return Stream
			.concat(run(this.kubernetes.values(), python, "-B", RESOURCES.resolve("validate.py")),
					run(this.operators.values(), Tool.path("node"), script()))
			.toList();
	}

	/**
	 * Copies the script, since Node looks for packages in the directories above it.
	 */
	private static Path script() {
		try {
			return Files.copy(RESOURCES.resolve("validate.js"), NODE.resolve("validate.js"),
					StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<String> run(Collection<Sample> samples, Object... command) {
		try {
			Path file = Files.writeString(BuildDirectory.fresh("schemas").resolve("samples.json"),
					new JsonMapper().writeValueAsString(samples));
			Object[] all = Stream.concat(Stream.of(command), Stream.of(file)).toArray();
			return Program.run(DEADLINE, BuildDirectory.resolve(""), all).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Object to validate.
	 *
	 * @param where name of the rendering
	 * @param version version of Kubernetes
	 * @param object object of the rendering
	 */
	private record Sample(String where, String version, JsonNode object) {

	}

}
