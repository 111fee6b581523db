package io.switchgate.acceptance;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds programs on the machine.
 */
public final class Tool {

	// Debian installs nginx into a directory that only the search path of root has.
	private static final List<String> SYSTEM_DIRECTORIES = List.of("/usr/sbin", "/usr/local/sbin");

	private Tool() {
	}

	public static Optional<Path> find(String name) {
		Stream<String> searchPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1));
		return Stream.concat(searchPath, SYSTEM_DIRECTORIES.stream())
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst();
	}

	public static Path path(String name) {
		return find(name).orElseThrow(() -> new IllegalStateException(name + " is missing"));
	}

	/**
	 * Returns the launcher of the Java that runs this test.
	 */
	public static Path java() {
		return Path.of(System.getProperty("java.home"), "bin", "java");
	}

}
