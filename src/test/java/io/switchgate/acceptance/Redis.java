package io.switchgate.acceptance;

import java.nio.file.Path;

/**
 * Redis server without persistence.
 */
final class Redis implements AutoCloseable {

	private final Program program;

	private final int port;

	private Redis(Program program, int port) {
		this.program = program;
		this.port = port;
		program.awaitLine("Ready to accept connections");
	}

	static Redis start() {
		Path directory = BuildDirectory.fresh("redis");
		int port = FreePort.find();
		return new Redis(Program.start(directory, Tool.path("redis-server"), "--bind", "127.0.0.1", "--port", port,
				"--dir", directory, "--save", "", "--appendonly", "no"), port);
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.program.close();
	}

}
