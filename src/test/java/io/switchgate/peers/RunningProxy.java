package io.switchgate.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.FreePort;
import io.switchgate.acceptance.Program;

/**
 * Running proxy that forwards everything to one upstream.
 */
public final class RunningProxy implements AutoCloseable {

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static final Duration POLL = Duration.ofMillis(20);

	private final Program program;

	private final InetSocketAddress address;

	private RunningProxy(Program program, InetSocketAddress address) {
		this.program = program;
		this.address = address;
	}

	static RunningProxy start(Proxy proxy, Path program, int upstreamPort) {
		Path directory = BuildDirectory.fresh(proxy.name());
		Path template = BuildDirectory.resolve("test-classes/peers/" + proxy.configuration());
		return start(proxy, directory, read(template).replace("@upstream@", Integer.toString(upstreamPort)),
				proxy.command(program, directory));
	}

	/**
	 * Starts a proxy and waits until it listens.
	 * @param proxy proxy to start
	 * @param directory directory for its configuration and other files
	 * @param configuration its configuration, in which {@code @port@} becomes a free port
	 * @param command program and its arguments
	 */
	public static RunningProxy start(Proxy proxy, Path directory, String configuration, Object... command) {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find());
		try {
			Files.writeString(directory.resolve(proxy.configuration()),
					configuration.replace("@port@", Integer.toString(address.getPort())));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		RunningProxy running = new RunningProxy(Program.start(directory, command), address);
		running.awaitListening();
		return running;
	}

	private static String read(Path template) {
		try {
			return Files.readString(template);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitListening() {
		try {
			Awaitility.await()
				.atMost(DEADLINE)
				.pollDelay(Duration.ZERO)
				.pollInterval(POLL)
				.ignoreExceptions()
				.until(() -> {
					try (Socket socket = new Socket()) {
						socket.connect(this.address);
						return true;
					}
				});
		}
		catch (RuntimeException ex) {
			close();
			throw new IllegalStateException(String.join("\n", this.program.output()), ex);
		}
	}

	/**
	 * Returns the address on which the proxy listens.
	 */
	public InetSocketAddress address() {
		return this.address;
	}

	/**
	 * Returns the id of the first process of the proxy.
	 */
	public long pid() {
		return this.program.pid();
	}

	@Override
	public void close() {
		this.program.close();
	}

}
