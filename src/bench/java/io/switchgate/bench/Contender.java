package io.switchgate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.core.ConditionTimeoutException;

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

	private static final double NANOS_OF_SECOND = 1e9;

	static String nameOf(Proxy proxy) {
		return proxy.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns whether it compiles its code while it runs.
	 */
	boolean isJava() {
		return this.proxy == Proxy.SWITCHGATE || this.proxy == Proxy.STOCK;
	}

	boolean isGateway() {
		return this.proxy == Proxy.SWITCHGATE;
	}

	/**
	 * Returns whether it has a column in the table of a load. How the gateway is started
	 * matters to some loads only, and only for these it starts from what it has kept.
	 */
	boolean hasColumn(Load load) {
		return !isGateway() || this.launch.cache().isPresent() == load.isAboutStarts();
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
	RunningContender start(Surroundings surroundings, Load load) {
		Path directory = BuildDirectory.fresh("bench-" + nameOf(this.proxy));
		Optional<ManagementPort> management = isGateway() ? Optional.of(ManagementPort.free()) : Optional.empty();
		String configuration = configuration(surroundings, load, management);
		Object[] command = command(directory);
		long begin = System.nanoTime();
		try {
			RunningProxy running = RunningProxy.start(this.proxy, directory, configuration, command);
			management.ifPresent((port) -> awaitReadiness(running, port, this.launch.cache()));
			return new RunningContender(this, surroundings, load, running, management,
					(System.nanoTime() - begin) / NANOS_OF_SECOND);
		}
		catch (IllegalStateException ex) {
			throw new IllegalStateException("does not start", new IllegalStateException(output(directory), ex));
		}
	}

	/**
	 * A JVM that has no use for its cache says nothing, and is only slow.
	 */
	private static void awaitReadiness(RunningProxy running, ManagementPort port, Optional<StartCache> cache) {
		try {
			port.awaitReadiness();
			cache.filter((expected) -> !new Processes(running.pid()).map(expected.file())).ifPresent((missing) -> {
				throw new IllegalStateException("leaves its " + missing.label() + " aside");
			});
		}
		catch (IllegalStateException | ConditionTimeoutException ex) {
			running.close();
			throw new IllegalStateException(ex);
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

	private String configuration(Surroundings surroundings, Load load, Optional<ManagementPort> management) {
		String port = management.map((one) -> Integer.toString(one.number())).orElse("");
		try (Stream<String> lines = Files
			.lines(BuildDirectory.resolve("test-classes/bench").resolve(this.proxy.configuration()))) {
			Identity identity = surroundings.identity();
			return lines.filter((line) -> isFor(load, line))
				.map((line) -> line.replace(load.protocol().marker(), "")
					.replace(load.marker(), "")
					.replace("@management@", port)
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

	private static boolean isFor(Load load, String line) {
		return Arrays.stream(Protocol.values())
			.noneMatch((other) -> other != load.protocol() && line.startsWith(other.marker()))
				&& Arrays.stream(Load.values()).noneMatch((other) -> other != load && line.startsWith(other.marker()));
	}

	/**
	 * How it is started.
	 */
	interface Launch {

		List<Object> command(Path directory);

		/**
		 * Returns what it starts from that was kept of a start before.
		 */
		default Optional<StartCache> cache() {
			return Optional.empty();
		}

	}

}
