package io.switchgate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Build directory of Maven, for all files that tests write.
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
	 * Returns a test resource of this package.
	 */
	static Path resource(String name) {
		return TEST_CLASSES.resolve("acceptance").resolve(name);
	}

	/**
	 * Creates an empty directory.
	 * @param prefix beginning of its name
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
