package io.switchgate.acceptance;

import java.nio.file.Path;
import java.time.Duration;

/**
 * WebSocket client wscat.
 */
final class Wscat {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private Wscat() {
	}

	/**
	 * Runs {@code wscat -c <address> -x <text>}.
	 * @return first line that it printed, which is a message or an error
	 */
	static String send(String text, String address) {
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
		return send("hi", "ws://127.0.0.1:" + port + path);
	}

}
