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
 * A proxy that forwards everything to one upstream, in a directory of its own.
 */
final class RunningProxy implements AutoCloseable {

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private final Program program;

	private final InetSocketAddress address;

	private RunningProxy(Program program, InetSocketAddress address) {
		this.program = program;
		this.address = address;
	}

	static RunningProxy start(Proxy proxy, Path program, int upstreamPort) {
		Path directory = BuildDirectory.fresh(proxy.name());
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find());
		try {
			String template = Files.readString(BuildDirectory.resolve("test-classes/peers/" + proxy.configuration()));
			Files.writeString(directory.resolve(proxy.configuration()),
					template.replace("@port@", Integer.toString(address.getPort()))
						.replace("@upstream@", Integer.toString(upstreamPort)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		RunningProxy running = new RunningProxy(Program.start(directory, proxy.command(program, directory)), address);
		running.awaitListening();
		return running;
	}

	private void awaitListening() {
		try {
			Awaitility.await().atMost(DEADLINE).ignoreExceptions().until(() -> {
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

	InetSocketAddress address() {
		return this.address;
	}

	@Override
	public void close() {
		this.program.close();
	}

}
