package io.switchgate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Echo server with the library ws, which answers each message before it reads on. uvicorn
 * does not answer a message whose close frame came in the same segment.
 */
final class NodeEcho implements AutoCloseable {

	private final Program program;

	private final String uri;

	private NodeEcho(Program program) {
		this.program = program;
		String line = program.awaitLine("Listening on ");
		this.uri = line.substring(line.indexOf("http://"));
	}

	static NodeEcho start() {
		return start("echo.js");
	}

	static NodeEcho start(String resource) {
		Path packages = Installation.wscat();
		Path script = packages.resolve(resource);
		try {
			// Node looks for packages in the directories above the script.
			Files.copy(BuildDirectory.resource(resource), script, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new NodeEcho(Program.start(packages, Tool.path("node"), script));
	}

	String uri() {
		return this.uri;
	}

	@Override
	public void close() {
		this.program.close();
	}

}
