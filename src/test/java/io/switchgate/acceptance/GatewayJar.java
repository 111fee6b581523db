package io.switchgate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Gateway that runs from the packaged jar, in a directory of its own.
 */
final class GatewayJar implements AutoCloseable {

	private static final String CONFIGURATION = """
			server:
			  address: 127.0.0.1
			  port: 0
			management:
			  server:
			    address: 127.0.0.1
			    port: 0
			switchgate:
			  warm-up:
			    time: 0s
			  demo:
			    port: %d
			spring:
			  cloud:
			    gateway:
			      server:
			        webflux:
			          routes:
			            - id: chat
			              uri: %s
			              predicates:
			                - Path=/ws
			""";

	private static final String STARTED = "Netty started on port ";

	private final Program program;

	private final int port;

	private final int managementPort;

	private final int demoPort;

	private GatewayJar(Program program, int demoPort) {
		this.program = program;
		this.demoPort = demoPort;
		this.port = awaitPort();
		this.managementPort = awaitPort();
		program.awaitLine("Started SwitchgateApplication");
	}

	static GatewayJar start(String upstreamUri) {
		return start(upstreamUri, Tool.java(), "-jar", file());
	}

	/**
	 * Starts the gateway with a command.
	 * @param upstreamUri target of its route
	 * @param command program and its arguments
	 */
	static GatewayJar start(String upstreamUri, Object... command) {
		try {
			Path directory = BuildDirectory.fresh("jar");
			Path configuration = Files.createDirectory(directory.resolve("config")).resolve("application.yml");
			int demoPort = FreePort.find();
			Files.writeString(configuration, CONFIGURATION.formatted(demoPort, upstreamUri));
			return new GatewayJar(Program.start(directory, command), demoPort);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts a command of the jar.
	 * @param directory working directory
	 * @param arguments name of the command, and its arguments
	 */
	static Program command(Path directory, String... arguments) {
		List<Object> command = new ArrayList<>(List.of(Tool.java(), "-jar", file()));
		command.addAll(List.of(arguments));
		return Program.start(directory, command.toArray());
	}

	static Path file() {
		try (DirectoryStream<Path> jars = Files.newDirectoryStream(BuildDirectory.resolve(""), "switchgate-*.jar")) {
			return jars.iterator().next();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns what the gateway has printed so far.
	 */
	List<String> output() {
		return this.program.output();
	}

	private int awaitPort() {
		String line = this.program.awaitLine(STARTED);
		String port = line.substring(line.indexOf(STARTED) + STARTED.length());
		return Integer.parseInt(port.substring(0, port.indexOf(' ')));
	}

	int port() {
		return this.port;
	}

	int managementPort() {
		return this.managementPort;
	}

	/**
	 * Returns the port on which the demo's upstream would listen.
	 */
	int demoPort() {
		return this.demoPort;
	}

	void terminate() {
		this.program.terminate();
	}

	int awaitExit(Duration deadline) {
		return this.program.awaitExit(deadline);
	}

	@Override
	public void close() {
		this.program.close();
	}

}
