package io.switchgate.bench.traffic;

import java.util.List;

/**
 * Each client sends its next message when the last one has come back.
 */
final class ClosedLoop implements Conversation {

	private final Crowd crowd;

	private final Tally tally;

	private final int size;

	private final long[] sentAt;

	private List<Client> clients = List.of();

	private boolean stopped;

	ClosedLoop(Crowd crowd, Tally tally, int connections, int size) {
		this.crowd = crowd;
		this.tally = tally;
		this.size = size;
		this.sentAt = new long[connections];
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public void open() {
		this.clients = this.crowd.open(this.sentAt.length, this);
	}

	List<Client> clients() {
		return this.clients;
	}

	@Override
	public void start() {
		this.clients.forEach(this::send);
	}

	private void send(Client client) {
		this.sentAt[client.index()] = System.nanoTime();
		client.write();
		client.flush();
	}

	@Override
	public void echoed(Client client, long message) {
		this.tally.add(System.nanoTime() - this.sentAt[client.index()]);
		if (!this.stopped) {
			send(client);
		}
	}

	@Override
	public void stop() {
		this.stopped = true;
	}

	@Override
	public long underWay() {
		return this.clients.stream().mapToLong(Client::underWay).sum();
	}

}
