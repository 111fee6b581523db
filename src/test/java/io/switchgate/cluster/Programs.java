package io.switchgate.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

import io.switchgate.acceptance.BuildDirectory;

/**
 * What {@code src/test/k8s/build} makes.
 *
 * @param files where each is, by name
 */
record Programs(Map<String, Path> files) {

	private static final String CUSTOM_RESOURCE = ".crd";

	/**
	 * Builds what is not there yet, which takes minutes and is told on the console.
	 * @return programs
	 */
	static Programs build() {
		Path script = BuildDirectory.resolve("../src/test/k8s/build").normalize();
		try {
			Process process = new ProcessBuilder(script.toString()).redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			Properties files = new Properties();
			try (Reader output = process.inputReader(StandardCharsets.UTF_8)) {
				files.load(output);
			}
			if (process.waitFor() != 0) {
				throw new IllegalStateException(script + " ended with " + process.exitValue());
			}
			return new Programs(files.stringPropertyNames()
				.stream()
				.collect(Collectors.toUnmodifiableMap((name) -> name, (name) -> Path.of(files.getProperty(name)))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Path get(String name) {
		Path file = this.files.get(name);
		if (file == null) {
			throw new IllegalStateException(name + " is none of " + this.files.keySet());
		}
		return file;
	}

	/**
	 * Returns the definitions of custom resources.
	 * @return files
	 */
	Iterable<Path> customResources() {
		return this.files.entrySet()
			.stream()
			.filter((file) -> file.getKey().endsWith(CUSTOM_RESOURCE))
			.map(Map.Entry::getValue)
			.toList();
	}

}
