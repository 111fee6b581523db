package io.switchgate.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Hostile clients, which connect again when the gateway has closed their connection.
 */
final class WorstClients extends Rounds {

	/**
	 * Address of the hostile clients. The gateway protects clients of other addresses
	 * from them, but not clients of the same address.
	 */
	private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.2", 0);

	private final InetSocketAddress gateway;

	private final List<Client> clients;

	private WorstClients(int port, List<Client> clients) {
		super("worst-clients");
		this.gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		this.clients = clients;
	}

	static WorstClients connect(int port, List<Worst> kinds, int size) {
		WorstClients clients = new WorstClients(port,
				IntStream.range(0, size).mapToObj((i) -> new Client(kinds.get(i % kinds.size()))).toList());
		clients.begin();
		return clients;
	}

	@Override
	void round() throws IOException {
		for (Client client : this.clients) {
			client.step(this.gateway);
		}
	}

	@Override
	void end() throws IOException {
		for (Client client : this.clients) {
			client.close();
		}
	}

	/**
	 * Returns, for each kind of client, the number of connections, and the most megabytes
	 * that one client could send.
	 */
	String summary() {
		Map<Worst, List<Client>> kinds = this.clients.stream()
			.collect(Collectors.groupingBy((client) -> client.kind, TreeMap::new, Collectors.toList()));
		return kinds.entrySet()
			.stream()
			.map((kind) -> kind.getKey() + " " + kind.getValue().stream().mapToInt((client) -> client.connections).sum()
					+ " connections, " + kind.getValue().stream().mapToLong(Client::written).max().orElse(0) / 1_000_000
					+ " MB")
			.collect(Collectors.joining("; "));
	}

	/**
	 * Hostile client, with one connection at a time.
	 */
	private static final class Client {

		private final Worst kind;

		private @Nullable SocketChannel socket;

		private @Nullable EndlessWriter writer;

		private long before;

		private volatile int connections;

		Client(Worst kind) {
			this.kind = kind;
		}

		private void step(InetSocketAddress gateway) throws IOException {
			try {
				if (this.socket == null || this.writer == null) {
					this.socket = SocketChannel.open().bind(ADDRESS);
					this.socket.connect(gateway);
					this.socket.configureBlocking(false);
					this.writer = new EndlessWriter(this.socket, this.kind.first(), this.kind.next());
					this.connections++;
				}
				this.writer.write();
			}
			catch (IOException ex) {
				this.before = written();
				close();
			}
		}

		private void close() throws IOException {
			if (this.socket != null) {
				this.socket.close();
			}
			this.socket = null;
			this.writer = null;
		}

		long written() {
			return Math.max(this.before, (this.writer != null) ? this.writer.written() : 0);
		}

	}

}
