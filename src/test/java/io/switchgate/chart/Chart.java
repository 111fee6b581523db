package io.switchgate.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import org.springframework.util.FileSystemUtils;

import io.switchgate.acceptance.BuildDirectory;

/**
 * Chart in {@code helm/switchgate}. Helm runs inside this JVM and does not use the
 * network.
 */
final class Chart {

	/**
	 * Oldest version of Kubernetes that the chart supports.
	 */
	static final String OLDEST = "1.30";

	/**
	 * Newest version of Kubernetes that the chart is tested with.
	 */
	static final String NEWEST = "1.37";

	/**
	 * Name of the releases.
	 */
	static final String RELEASE = "gateway";

	/**
	 * Namespace of the releases.
	 */
	static final String NAMESPACE = "chat";

	private static final String RUNNING = "dig \"running\" dict (.Values.global | default dict) -}}";

	private static final Path SOURCE = BuildDirectory.resolve("..").resolve("helm/switchgate").normalize();

	private final Path directory;

	private Chart(Path directory) {
		this.directory = directory;
	}

	/**
	 * Copies the chart, and changes the copy for tests. The copy has no links, because
	 * Helm prints two lines for each. Its test pod is no hook, because Helm does not
	 * render hooks. {@code global.running} replaces the lookup of the running deployment,
	 * because there is no cluster.
	 */
	static Chart copy() {
		Path directory = BuildDirectory.fresh("chart").resolve("switchgate");
		Path pod = directory.resolve("templates/_pod.tpl");
		Path hook = directory.resolve("templates/tests/handshake.yaml");
		try {
			FileSystemUtils.copyRecursively(SOURCE, directory);
			Files.writeString(hook, text(hook).replace("helm.sh/hook", "hook"));
			Files.writeString(pod, text(pod).replaceAll("lookup \"apps/v1\".*?-}}", RUNNING));
			return new Chart(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String read(String file) {
		return text(SOURCE.resolve(file));
	}

	/**
	 * Returns the text of all templates.
	 */
	static String templates() {
		try (Stream<Path> files = Files.walk(SOURCE.resolve("templates"))) {
			return files.filter(Files::isRegularFile).sorted().map(Chart::text).collect(Collectors.joining("\n"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static void write(String file, String text) {
		try {
			Files.writeString(SOURCE.resolve(file), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the values files in {@code examples}.
	 */
	static List<Path> examples() {
		try (Stream<Path> files = Files.list(SOURCE.resolve("examples"))) {
			return files.sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Lints the original chart strictly.
	 */
	static List<String> lint() {
		return new Helm(SOURCE).lint().strict().call().getMessages();
	}

	/**
	 * Renders the chart for the newest version of Kubernetes.
	 * @param values values as YAML; later ones win
	 */
	Rendering render(String... values) {
		return renderFor(NEWEST, values);
	}

	Rendering renderFor(String kubernetes, String... values) {
		return renderAs(RELEASE, kubernetes, values);
	}

	Rendering renderAs(String release, String kubernetes, String... values) {
		TemplateCommand command = new Helm(this.directory).template()
			.withName(release)
			.withNamespace(NAMESPACE)
			.withKubeVersion(kubernetes + ".0");
		List.of(values).forEach((text) -> command.withValuesFile(file(text)));
		return Rendering.parse(command.call());
	}

	/**
	 * Returns the error of Helm for values that the chart refuses.
	 */
	String refusal(String... values) {
		try {
			render(values);
		}
		catch (IllegalStateException ex) {
			return String.valueOf(ex.getMessage());
		}
		throw new AssertionError("Taken: " + String.join("\n", values));
	}

	/**
	 * Returns the notes that Helm prints after an installation. Without a cluster Helm
	 * assumes version 1.20 of Kubernetes, so {@code kubeVersion} is removed.
	 */
	String notes(String... values) {
		Path chart = this.directory.resolve("Chart.yaml");
		try {
			String original = text(chart);
			Files.writeString(chart, original.replaceAll("(?m)^kubeVersion:.*$", ""));
			var command = new Helm(this.directory).install().withName(RELEASE).withNamespace(NAMESPACE).clientOnly();
			List.of(values).forEach((text) -> command.withValuesFile(file(text)));
			String output = command.dryRun().call().getOutput();
			Files.writeString(chart, original);
			return output.substring(output.indexOf("NOTES:"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path file(String values) {
		try {
			return Files.writeString(Files.createTempFile(this.directory.getParent(), "values", ".yaml"), values);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
