package io.switchgate.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.Program;
import io.switchgate.acceptance.Tool;

/**
 * Helm for a namespace. It applies on the server, which refuses what it does not know.
 *
 * @param cluster cluster
 * @param namespace namespace
 * @param directory directory for what it writes
 */
record Helm(Cluster cluster, String namespace, Path directory) {

	static final Path CHART = BuildDirectory.resolve("../helm/switchgate").normalize();

	/**
	 * Name of the only release of a namespace.
	 */
	static final String RELEASE = "gateway";

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	/**
	 * Runs a command to its good end.
	 * @param arguments command and its arguments
	 * @return lines that it printed
	 */
	List<String> run(String... arguments) {
		return Program.run(DEADLINE, this.directory, command(arguments));
	}

	/**
	 * Runs a command that has to fail.
	 * @param arguments command and its arguments
	 * @return what it printed
	 */
	String refusal(String... arguments) {
		try (Program program = Program.start(this.directory, command(arguments))) {
			int code = program.awaitExit(DEADLINE);
			String output = String.join("\n", program.awaitEnd());
			if (code == 0) {
				throw new AssertionError(List.of(arguments) + " did not fail:\n" + output);
			}
			return output;
		}
	}

	private Object[] command(String... arguments) {
		List<Object> command = new ArrayList<>(List.of(Tool.path("env"), "KUBECONFIG=" + this.cluster.kubeconfig(),
				"HELM_NAMESPACE=" + this.namespace));
		Stream.of("CACHE", "CONFIG", "DATA")
			.map((kind) -> "HELM_" + kind + "_HOME=" + this.directory)
			.forEach(command::add);
		command.add(this.cluster.helm());
		command.addAll(List.of(arguments));
		return command.toArray();
	}

	/**
	 * Installs or upgrades the chart.
	 * @param command {@code install} or {@code upgrade}
	 * @param values values in YAML
	 * @return lines that it printed
	 */
	List<String> chart(String command, String values) {
		return run(command, RELEASE, CHART.toString(), "-f", values(values));
	}

	/**
	 * Writes values for {@code -f}.
	 * @param yaml values
	 * @return name of the file
	 */
	String values(String yaml) {
		try {
			return Files.writeString(Files.createTempFile(this.directory, "values", ".yaml"), yaml).toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
