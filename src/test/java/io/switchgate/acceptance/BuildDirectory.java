package io.switchgate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Maven's build directory, where everything goes that a test leaves behind.
 */
public final class BuildDirectory {

	private static final Path TEST_CLASSES = testClasses();

	private BuildDirectory() {
	}

	private static Path testClasses() {
		try {
			URI location = BuildDirectory.class.getProtectionDomain().getCodeSource().getLocation().toURI();
			return Path.of(location);
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static Path resolve(String name) {
		return TEST_CLASSES.resolveSibling(name);
	}

	/**
	 * Returns a file of the test resources of this package.
	 */
	static Path resource(String name) {
		return TEST_CLASSES.resolve("acceptance").resolve(name);
	}

	/**
	 * Creates an empty directory.
	 * @param prefix how its name begins
	 * @return directory
	 */
	public static Path fresh(String prefix) {
		try {
			return Files.createTempDirectory(Files.createDirectories(resolve("acceptance")), prefix);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
