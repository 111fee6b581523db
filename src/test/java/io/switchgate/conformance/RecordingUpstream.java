package io.switchgate.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * Upstream that keeps what it receives, on whatever connection, until a case asks for it.
 */
final class RecordingUpstream implements AutoCloseable {

	private final List<Peer> connections = new CopyOnWriteArrayList<>();

	private final Board board;

	private final ServerSocket server;

	private RecordingUpstream(Board board, ServerSocket server) {
		this.board = board;
		this.server = server;
	}

	/**
	 * Starts to listen.
	 * @param board where to write down what comes
	 * @param port port; 0 for a free one
	 */
	static RecordingUpstream start(Board board, int port) {
		try {
			ServerSocket server = new ServerSocket();
			server.setReuseAddress(true);
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			RecordingUpstream upstream = new RecordingUpstream(board, server);
			Thread acceptor = new Thread(upstream::accept, "conformance-acceptor");
			acceptor.setDaemon(true);
			acceptor.start();
			return upstream;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Port " + port, ex);
		}
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Peer connection = new Peer(this.board, this.server.accept());
				this.board.change(() -> this.connections.add(connection));
			}
			catch (IOException ex) {
				// The server is closed, or the connection is already gone.
			}
		}
	}

	int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Returns the connection on which a whole request waits.
	 */
	@Nullable Peer asked() {
		return this.connections.stream()
			.filter((connection) -> !connection.isTunnel() && Message.request(connection.received()) != null)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Takes what came but is no whole request.
	 */
	List<byte[]> rest() {
		return this.connections.stream()
			.filter((connection) -> !connection.isTunnel())
			.map(Peer::takeAll)
			.filter((bytes) -> bytes.length != 0)
			.toList();
	}

	boolean tunnelsEnded() {
		return this.connections.stream().filter(Peer::isTunnel).allMatch(Peer::ended);
	}

	/**
	 * Returns whether no connection that carried an upgrade is open.
	 */
	boolean upgradesEnded() {
		return this.connections.stream().filter(Peer::isUpgrade).allMatch(Peer::ended);
	}

	/**
	 * Closes every connection that carried an upgrade, and leaves the others to the
	 * proxy's pool.
	 */
	void forgetUpgrades() {
		this.connections.stream()
			.filter((connection) -> connection.isUpgrade() || connection.isTunnel())
			.forEach(Peer::close);
		this.connections.removeIf(Peer::ended);
	}

	/**
	 * Closes every connection.
	 */
	void forget() {
		this.connections.forEach(Peer::close);
		this.connections.clear();
	}

	@Override
	public void close() {
		forget();
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
