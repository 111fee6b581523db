package io.switchgate.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

/**
 * Upstream that reads only the head of a request. The path names the answer: nothing for
 * {@code silent}, a 101 for {@code sink}, and an endless answer or endless messages for
 * {@code endless}.
 */
final class WorstUpstream extends Rounds {

	private static final int BACKLOG = 1024;

	private static final int HEAD = 8 * 1024;

	private static final byte[] MESSAGE = Frame.binary(new byte[16 * 1024]).bytes();

	private static final byte[] ANSWER = Wire.crlf("HTTP/1.1 200 OK\nContent-Length: 1000000000000\n\n");

	private final ServerSocketChannel server;

	private final List<Connection> connections = new ArrayList<>();

	private WorstUpstream(ServerSocketChannel server) {
		super("worst-upstream");
		this.server = server;
	}

	static WorstUpstream start() {
		try {
			ServerSocketChannel server = ServerSocketChannel.open()
				.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
			server.configureBlocking(false);
			WorstUpstream upstream = new WorstUpstream(server);
			upstream.begin();
			return upstream;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String uri() {
		return "http://127.0.0.1:" + this.server.socket().getLocalPort();
	}

	@Override
	void round() throws IOException {
		for (SocketChannel socket = this.server.accept(); socket != null; socket = this.server.accept()) {
			socket.configureBlocking(false);
			this.connections.add(new Connection(socket));
		}
		this.connections.removeIf(Connection::hasEnded);
	}

	@Override
	void end() throws IOException {
		this.server.close();
		for (Connection connection : this.connections) {
			connection.socket.close();
		}
	}

	/**
	 * Connection from the gateway.
	 */
	private static final class Connection {

		private final SocketChannel socket;

		private final ByteBuffer head = ByteBuffer.allocate(HEAD);

		private @Nullable EndlessWriter writer;

		Connection(SocketChannel socket) {
			this.socket = socket;
		}

		boolean hasEnded() {
			try {
				return step();
			}
			catch (IOException ex) {
				close();
				return true;
			}
		}

		private boolean step() throws IOException {
			if (this.writer != null) {
				this.writer.write();
				return false;
			}
			int read = this.socket.read(this.head);
			String text = new String(this.head.array(), 0, this.head.position(), StandardCharsets.ISO_8859_1)
				.replace("\r\n", "\n");
			if (text.contains("\n\n")) {
				this.writer = answer(text.substring(0, text.indexOf("\n\n") + 2));
			}
			if (read == -1) {
				close();
			}
			return read == -1;
		}

		private EndlessWriter answer(String request) {
			boolean upgrade = request.contains("\nSec-WebSocket-Key:");
			boolean endless = request.contains("/endless");
			if (request.contains("/silent")) {
				return new EndlessWriter(this.socket, new byte[0], new byte[0]);
			}
			return new EndlessWriter(this.socket, upgrade ? Wire.crlf(Handshakes.switched(request)) : ANSWER,
					endless ? MESSAGE : new byte[0]);
		}

		private void close() {
			try {
				this.socket.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
