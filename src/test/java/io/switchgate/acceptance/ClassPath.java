package io.switchgate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Class path of the tests, for a Java program in a process of its own.
 */
public final class ClassPath {

	private static final String ARGUMENT = write();

	private ClassPath() {
	}

	/**
	 * Returns an argument for Java in place of {@code -cp}. It names a file with the
	 * class path, which keeps messages about the command short.
	 */
	public static String argument() {
		return ARGUMENT;
	}

	private static String write() {
		try {
			Path file = BuildDirectory.fresh("class-path").resolve("arguments");
			Files.writeString(file, "-cp \"" + System.getProperty("java.class.path") + "\"");
			return "@" + file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
