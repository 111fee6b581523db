package io.switchgate.acceptance;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The client of the origin story.
 */
final class Wscat {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private Wscat() {
	}

	/**
	 * Runs {@code wscat -c <address> -x <text>} and leaves once it has printed a line: a
	 * message or an error.
	 * @return line
	 */
	static String say(String text, String address) {
		Path script = Installation.wscat().resolve("node_modules/wscat/bin/wscat");
		try (Program program = Program.start(BuildDirectory.resolve(""), Tool.path("node"), script, "--no-color", "-c",
				address, "-w", "-1", "-x", text)) {
			String line = program.awaitLine();
			program.endInput();
			program.awaitExit(DEADLINE);
			return line;
		}
	}

	static String sayHi(int port, String path) {
		return say("hi", "ws://127.0.0.1:" + port + path);
	}

}
