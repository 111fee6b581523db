package io.switchgate.acceptance;

/**
 * FastAPI application of the acceptance tests on uvicorn.
 */
public final class Uvicorn implements AutoCloseable {

	private final Program program;

	private final String uri;

	private Uvicorn(Program program) {
		this.program = program;
		String line = program.awaitLine("Uvicorn running on http://");
		this.uri = line.substring(line.indexOf("http://"), line.indexOf(" (Press"));
	}

	/**
	 * Starts the application on a free port.
	 */
	public static Uvicorn start() {
		return start("auto");
	}

	/**
	 * Starts the application as if no WebSocket library was installed.
	 */
	static Uvicorn withoutWebSocket() {
		return start("none");
	}

	private static Uvicorn start(String library) {
		return new Uvicorn(Program.start(BuildDirectory.resource(""), Installation.python(), "-u", "-B", "-m",
				"uvicorn", "--host", "127.0.0.1", "--port", "0", "--no-use-colors", "--ws", library, "app:app"));
	}

	String uri() {
		return this.uri;
	}

	public int port() {
		return Integer.parseInt(this.uri.substring(this.uri.lastIndexOf(':') + 1));
	}

	/**
	 * Waits for a line of the access log that contains a text.
	 */
	void awaitLog(String part) {
		this.program.awaitLine(part);
	}

	@Override
	public void close() {
		this.program.close();
	}

}
