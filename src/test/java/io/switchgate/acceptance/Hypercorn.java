package io.switchgate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.switchgate.fixture.Certificates;

/**
 * FastAPI application of the acceptance tests on Hypercorn, which accepts WebSockets over
 * HTTP/2.
 */
final class Hypercorn implements AutoCloseable {

	private final Program program;

	private final String uri;

	private Hypercorn(Program program) {
		this.program = program;
		String line = program.awaitLine("Running on http");
		this.uri = line.substring(line.indexOf("http"), line.indexOf(" (CTRL")).replace("127.0.0.1", "localhost");
	}

	static Hypercorn start() {
		return new Hypercorn(Program.start(BuildDirectory.resource(""), Installation.python(), "-u", "-B", "-m",
				"hypercorn", "--bind", "127.0.0.1:0", "app:app"));
	}

	static Hypercorn startTls() {
		Path directory = BuildDirectory.fresh("hypercorn");
		try {
			Path certificate = Files.writeString(directory.resolve("certificate.pem"), Certificates.certificate());
			Path key = Files.writeString(directory.resolve("key.pem"), Certificates.privateKey());
			return new Hypercorn(Program.start(BuildDirectory.resource(""), Installation.python(), "-u", "-B", "-m",
					"hypercorn", "--bind", "127.0.0.1:0", "--certfile", certificate, "--keyfile", key, "app:app"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String uri() {
		return this.uri;
	}

	@Override
	public void close() {
		this.program.close();
	}

}
