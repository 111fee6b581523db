package io.switchgate.bench.traffic;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Clients that take far less than waits for them, so that every buffer on the way fills.
 */
final class SlowReaders implements Conversation {

	private static final int SIZE = 16 * 1024;

	private static final int READ = 8 * 1024;

	private static final int PERIOD_MILLIS = 100;

	/**
	 * A MiB, which takes a client 13 seconds to read.
	 */
	private static final int UNDER_WAY = 1024 * 1024 / SIZE;

	private final Crowd crowd;

	private final int connections;

	private List<Client> clients = List.of();

	private boolean stopped;

	SlowReaders(Crowd crowd, int connections) {
		this.crowd = crowd;
		this.connections = connections;
	}

	@Override
	public int size() {
		return SIZE;
	}

	@Override
	public void open() {
		this.clients = this.crowd.open(this.connections, this);
	}

	@Override
	public void start() {
		this.clients.forEach((client) -> client.readSlowly(READ));
		this.clients.forEach(this::fill);
		read();
	}

	private void read() {
		if (!this.stopped) {
			this.clients.forEach(Client::read);
			this.crowd.loop().schedule(this::read, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void fill(Client client) {
		while (!this.stopped && client.isWritable() && client.underWay() < UNDER_WAY) {
			client.write();
			client.flush();
		}
	}

	@Override
	public void echoed(Client client, long message) {
		fill(client);
	}

	@Override
	public void writabilityChanged(Client client) {
		fill(client);
	}

	@Override
	public void stop() {
		this.stopped = true;
		this.clients.forEach(Client::readAll);
	}

	@Override
	public long underWay() {
		return this.clients.stream().mapToLong(Client::underWay).sum();
	}

}
