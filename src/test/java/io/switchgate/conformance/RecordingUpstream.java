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
 * Upstream that records what it receives on all connections.
 */
final class RecordingUpstream implements AutoCloseable {

	private final List<Peer> connections = new CopyOnWriteArrayList<>();

	private final ConnectionLock lock;

	private final ServerSocket server;

	private RecordingUpstream(ConnectionLock lock, ServerSocket server) {
		this.lock = lock;
		this.server = server;
	}

	/**
	 * Starts the upstream.
	 * @param lock lock over the connections
	 * @param port port to listen on; 0 for a free one
	 */
	static RecordingUpstream start(ConnectionLock lock, int port) {
		try {
			ServerSocket server = new ServerSocket();
			server.setReuseAddress(true);
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			RecordingUpstream upstream = new RecordingUpstream(lock, server);
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
				Peer connection = new Peer(this.lock, this.server.accept());
				this.lock.update(() -> this.connections.add(connection));
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
	 * Returns a connection with a complete request that was not taken yet.
	 */
	@Nullable Peer asked() {
		return this.connections.stream()
			.filter((connection) -> !connection.isTunnel() && Message.request(connection.received()) != null)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Takes the bytes that are left on connections without a tunnel.
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
	 * Closes every connection that carried an upgrade. The others stay open for the
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
