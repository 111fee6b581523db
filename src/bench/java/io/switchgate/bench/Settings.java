package io.switchgate.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * System properties below {@code bench.}, with what is wrong about them in words.
 */
final class Settings {

	private static final String PREFIX = "bench.";

	/**
	 * Tests run below the project's directory, whose paths users give.
	 */
	private static final Path PROJECT = Path.of("..");

	private final Properties properties;

	Settings(Properties properties, List<String> names) {
		this.properties = properties;
		properties.stringPropertyNames()
			.stream()
			.filter((name) -> name.startsWith(PREFIX))
			.forEach((name) -> check("option", name, names.stream().map(PREFIX::concat).toList()));
	}

	private static void check(String what, String value, List<String> allowed) {
		if (!allowed.contains(value)) {
			throw wrong(what, value, String.join(", ", allowed));
		}
	}

	private static IllegalArgumentException wrong(String what, String value, String expected) {
		return new IllegalArgumentException(what + ": " + value + " (expected: " + expected + ")");
	}

	boolean has(String name) {
		return this.properties.containsKey(PREFIX + name);
	}

	/**
	 * Returns the words of a list.
	 */
	List<String> words(String name, String separator) {
		return Arrays.stream(this.properties.getProperty(PREFIX + name, "").split(separator, -1))
			.map(String::strip)
			.filter((word) -> !word.isEmpty())
			.toList();
	}

	/**
	 * Returns the words of a list that holds nothing but these.
	 */
	List<String> words(String name, List<String> allowed) {
		List<String> words = words(name, ",");
		words.forEach((word) -> check(PREFIX + name, word, allowed));
		return words;
	}

	int number(String name, int otherwise) {
		String value = this.properties.getProperty(PREFIX + name, Integer.toString(otherwise));
		if (!value.matches("[1-9]\\d{0,3}")) {
			throw wrong(PREFIX + name, value, "1 to 9999");
		}
		return Integer.parseInt(value);
	}

	Optional<Path> file(String name) {
		return files(name).stream().findFirst();
	}

	List<Path> files(String name) {
		return files(name, "", "a file");
	}

	/**
	 * Returns the launcher of a JDK of which the home is named.
	 */
	Optional<Path> launcher(String name) {
		return files(name, "bin/java", "the home of a JDK").stream().findFirst();
	}

	private List<Path> files(String name, String below, String expected) {
		return words(name, ",").stream().map((word) -> {
			Path file = PROJECT.resolve(word).resolve(below).toAbsolutePath().normalize();
			if (!Files.isRegularFile(file)) {
				throw wrong(PREFIX + name, word, expected);
			}
			return file;
		}).toList();
	}

}
