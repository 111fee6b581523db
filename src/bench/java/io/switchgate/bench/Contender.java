package io.switchgate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.bench.traffic.Load;
import io.switchgate.bench.traffic.Protocol;
import io.switchgate.peers.Proxy;
import io.switchgate.peers.RunningProxy;

/**
 * A column of the table: a proxy and how it is started.
 *
 * @param label name and version
 * @param proxy which it is
 * @param launch how it is started
 */
record Contender(String label, Proxy proxy, Launch launch) {

	private static final String OUTPUT = "output.log";

	static String nameOf(Proxy proxy) {
		return proxy.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns whether it compiles its code while it runs.
	 */
	boolean isJava() {
		return this.proxy == Proxy.SWITCHGATE || this.proxy == Proxy.STOCK;
	}

	/**
	 * Returns whether it takes WebSockets over what the clients of a load speak.
	 */
	boolean supports(Load load) {
		return load.protocol() != Protocol.H2C || this.proxy == Proxy.SWITCHGATE || this.proxy == Proxy.HAPROXY;
	}

	/**
	 * Starts it in front of the upstream.
	 */
	RunningContender start(Surroundings surroundings, Protocol protocol) {
		Path directory = BuildDirectory.fresh("bench-" + nameOf(this.proxy));
		try {
			RunningProxy running = RunningProxy.start(this.proxy, directory, configuration(surroundings, protocol),
					command(directory));
			return new RunningContender(running, isJava(),
					(protocol == Protocol.TLS) ? surroundings.identity().client() : null);
		}
		catch (IllegalStateException ex) {
			throw new IllegalStateException("does not start", new IllegalStateException(output(directory), ex));
		}
	}

	private static String output(Path directory) {
		try {
			return Files.readString(directory.resolve(OUTPUT));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What it prints goes to a file, as that of services does.
	 */
	private Object[] command(Path directory) {
		List<Object> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" > " + OUTPUT + " 2>&1", "sh"));
		command.addAll(this.launch.command(directory));
		return command.toArray();
	}

	private String configuration(Surroundings surroundings, Protocol protocol) {
		try (Stream<String> lines = Files
			.lines(BuildDirectory.resolve("test-classes/bench").resolve(this.proxy.configuration()))) {
			Identity identity = surroundings.identity();
			return lines.filter((line) -> isFor(protocol, line))
				.map((line) -> line.replace(protocol.marker(), "")
					.replace("@upstream@", Integer.toString(surroundings.upstreamPort()))
					.replace("@certificate@", identity.certificate().toString())
					.replace("@key@", identity.key().toString())
					.replace("@both@", identity.both().toString()))
				.collect(Collectors.joining("\n", "", "\n"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isFor(Protocol protocol, String line) {
		return Arrays.stream(Protocol.values())
			.noneMatch((other) -> other != protocol && line.startsWith(other.marker()));
	}

	/**
	 * How it is started.
	 */
	interface Launch {

		List<Object> command(Path directory);

	}

}
