package io.switchgate.bench;

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

/**
 * What a JVM keeps of one start for those that follow. The commands are those of
 * {@code running.md}.
 */
enum StartCache {

	/** Class data archive, for JDK 17 and newer. */
	ARCHIVE("archive", "-XX:ArchiveClassesAtExit=app/switchgate.jsa", "", "-XX:SharedArchiveFile=app/switchgate.jsa"),

	/** AOT cache, for JDK 25 and newer. */
	AOT("AOT cache", "-XX:AOTCacheOutput=app/switchgate.aot", " --switchgate.warm-up.time=30s",
			"-XX:AOTCache=app/switchgate.aot");

	private static final String TRAINING = " -jar app/switchgate.jar --switchgate.warm-up.exit=true";

	static final String EXTRACTION = "-Djarmode=tools -jar switchgate.jar extract --destination app";

	private static final Duration DEADLINE = Duration.ofMinutes(5);

	private final String label;

	private final String training;

	private final String read;

	StartCache(String label, String write, String time, String read) {
		this.label = label;
		this.training = write + TRAINING + time;
		this.read = read;
	}

	/**
	 * Returns the name for labels.
	 */
	String label() {
		return this.label;
	}

	/**
	 * Returns the options and arguments that write the cache.
	 */
	String training() {
		return this.training;
	}

	/**
	 * Returns the name of the file without its directory.
	 */
	String file() {
		return this.read.substring(this.read.lastIndexOf('/') + 1);
	}

	/**
	 * Extracts a jar, and lets a gateway start and end that writes the cache.
	 * @param java launcher and options, which are the same for each start that follows
	 * @return command of the starts that follow
	 */
	List<Object> train(List<Object> java, Path jar) {
		Path directory = BuildDirectory.fresh("bench-" + name());
		try {
			Files.copy(jar, directory.resolve("switchgate.jar"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		run(directory, List.of(java.get(0)), EXTRACTION);
		run(directory, java, this.training);
		List<Object> command = new ArrayList<>(java);
		command.addAll(words(directory, this.read, "-jar app/switchgate.jar"));
		return command;
	}

	/**
	 * Ports are those that are free, as others may use the gateway's own on this machine.
	 */
	private static void run(Path directory, List<Object> java, String... words) {
		List<Object> command = new ArrayList<>(List.of("env", "SERVER_PORT=0", "MANAGEMENT_SERVER_PORT=0"));
		command.addAll(java);
		command.addAll(words(directory, words));
		Program.run(DEADLINE, directory, command.toArray());
	}

	/**
	 * A JVM leaves a cache aside whose paths are not the same when it is read.
	 */
	private static List<String> words(Path directory, String... words) {
		return Stream.of(String.join(" ", words).split(" ", -1))
			.map((word) -> word.replaceFirst("(^|=)app/", "$1" + directory + "/app/"))
			.toList();
	}

}
