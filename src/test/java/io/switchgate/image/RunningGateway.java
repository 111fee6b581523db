package io.switchgate.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway in a container, ready.
 *
 * @param container its container
 * @param configuration its configuration
 * @param admin its operator
 * @param readyAfter time from the start of the container to its readiness
 * @param cpuUntilReady CPU time until then
 */
record RunningGateway(Container container, ConfigurationVolume configuration, Admin admin, Duration readyAfter,
		Duration cpuUntilReady) implements AutoCloseable {

	private static final Duration DEADLINE = Duration.ofMinutes(2);

	private static final Duration POLL = Duration.ofMillis(50);

	static RunningGateway start(Image image, ConfigurationVolume configuration) {
		long began = System.nanoTime();
		Container container = Container.start(image, configuration, "");
		Admin admin = Admin.at(configuration.managementPort());
		try {
			Awaitility.await()
				.atMost(DEADLINE)
				.pollDelay(Duration.ZERO)
				.pollInterval(POLL)
				.ignoreExceptions()
				.until(() -> admin.get("health/readiness").status() == 200);
			return new RunningGateway(container, configuration, admin, Duration.ofNanos(System.nanoTime() - began),
					cpu(container));
		}
		catch (RuntimeException ex) {
			container.close();
			throw new IllegalStateException(String.join("\n", container.output()), ex);
		}
	}

	private static Duration cpu(Container container) {
		return ProcessHandle.of(container.pid()).flatMap((process) -> process.info().totalCpuDuration()).orElseThrow();
	}

	/**
	 * Returns a line of its process' status, in KiB.
	 */
	long memory(String name) {
		return read("status").lines()
			.filter((line) -> line.startsWith(name + ":"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Returns a file of its process under {@code /proc}.
	 */
	String read(String file) {
		try {
			return Files.readString(proc(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the names of its threads.
	 */
	List<String> threads() {
		try (Stream<Path> threads = Files.list(proc("task"))) {
			return threads.map((thread) -> name(thread.resolve("comm"))).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String name(Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			return "ended";
		}
	}

	/**
	 * Returns what its open files are.
	 */
	List<String> openFiles() {
		try (Stream<Path> files = Files.list(proc("fd"))) {
			return files.map(RunningGateway::target).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String target(Path link) {
		try {
			return Files.readSymbolicLink(link).toString();
		}
		catch (IOException ex) {
			return "closed";
		}
	}

	private Path proc(String file) {
		return Path.of("/proc", Long.toString(this.container.pid()), file);
	}

	/**
	 * Opens a tunnel to the echo and sends a message through it.
	 */
	Wire openTunnel(String path) {
		Wire client = Wire.connect(this.configuration.port());
		client.send(Handshakes.request(path));
		assertThat(client.head()).startsWith("HTTP/1.1 101 ");
		client.send(Frame.text("hi").mask().bytes());
		assertThat(client.frame().text()).isEqualTo("Message text was: hi");
		return client;
	}

	@Override
	public void close() {
		this.container.close();
	}

}
