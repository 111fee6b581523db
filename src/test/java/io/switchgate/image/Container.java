package io.switchgate.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.Program;
import io.switchgate.acceptance.Tool;

/**
 * A container of the image under the restrictions of the chart, in the network of the
 * machine: uid 10001, a root that is read-only, no capabilities, no io_uring, 512 MiB and
 * one processor.
 */
final class Container implements AutoCloseable {

	private static final Duration DEADLINE = Duration.ofMinutes(1);

	private static final Path STATE = BuildDirectory.resolve("runc");

	private final String id;

	private final Program program;

	private Container(String id, Program program) {
		this.id = id;
		this.program = program;
	}

	/**
	 * Starts a container.
	 * @param image image
	 * @param configuration what is mounted at {@code /app/config}
	 * @param options value of {@code JAVA_TOOL_OPTIONS}, or empty
	 * @param arguments arguments of the container
	 */
	static Container start(Image image, ConfigurationVolume configuration, String options, String... arguments) {
		String id = "switchgate-" + UUID.randomUUID();
		Path bundle = BuildDirectory.fresh("bundle");
		JsonNode said = image.configuration();
		List<String> command = Stream.concat(strings(said.at("/Entrypoint")), Stream.of(arguments)).toList();
		List<String> environment = Stream
			.concat(strings(said.at("/Env")),
					Stream.of("JAVA_TOOL_OPTIONS=" + options).filter((o) -> !options.isEmpty()))
			.toList();
		write(bundle.resolve("config.json"),
				template().replace("@id@", id)
					.replace("@root@", image.root().toString())
					.replace("@config@", configuration.directory().toString())
					.replace("@args@", JsonMapper.shared().writeValueAsString(command))
					.replace("@env@", JsonMapper.shared().writeValueAsString(environment)));
		return new Container(id, Program.start(bundle, Tool.path("runc"), "--root", STATE, "run", id));
	}

	/**
	 * Deletes what an interrupted run has left.
	 */
	static void deleteAll() {
		runc("list", "--quiet").forEach((id) -> runc("delete", "--force", id));
	}

	private static String template() {
		try {
			return Files.readString(BuildDirectory.resolve("test-classes/image/config.json"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void write(Path file, String text) {
		try {
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<String> strings(JsonNode array) {
		return array.valueStream().map(JsonNode::asString);
	}

	/**
	 * Waits for its end.
	 * @return exit status
	 */
	int awaitExit(Duration deadline) {
		return this.program.awaitExit(deadline);
	}

	List<String> output() {
		return this.program.output();
	}

	/**
	 * Waits until it has nothing more to print.
	 * @return all of its lines
	 */
	List<String> awaitEnd() {
		return this.program.awaitEnd();
	}

	/**
	 * Runs a program inside.
	 * @param command its path and its arguments
	 * @return running program
	 */
	Program exec(Object... command) {
		List<Object> runc = new ArrayList<>(List.of(Tool.path("runc"), "--root", STATE, "exec", this.id));
		runc.addAll(List.of(command));
		return Program.start(BuildDirectory.resolve(""), runc.toArray());
	}

	/**
	 * Sends SIGTERM, as a cluster does before a pod ends.
	 */
	void terminate() {
		runc("kill", this.id, "TERM");
	}

	/**
	 * Returns the number that the gateway's process has outside.
	 */
	long pid() {
		String state = String.join("", runc("state", this.id));
		return JsonMapper.shared().readTree(state).path("pid").asLong();
	}

	private static List<String> runc(Object... arguments) {
		List<Object> command = new ArrayList<>(List.of(Tool.path("runc"), "--root", STATE));
		command.addAll(List.of(arguments));
		return Program.run(DEADLINE, BuildDirectory.resolve(""), command.toArray());
	}

	@Override
	public void close() {
		runc("delete", "--force", this.id);
		this.program.close();
	}

}
