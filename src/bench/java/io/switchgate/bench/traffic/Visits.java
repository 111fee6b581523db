package io.switchgate.bench.traffic;

/**
 * Clients that come for a few messages, or none, and go again: when one goes, the next
 * comes.
 */
final class Visits implements Conversation {

	private final Crowd crowd;

	private final Tally tally;

	private final int messages;

	private final long[] begunAt;

	private int underWay;

	private boolean stopped;

	Visits(Crowd crowd, Tally tally, int atOnce, int messages) {
		this.crowd = crowd;
		this.tally = tally;
		this.messages = messages;
		this.begunAt = new long[atOnce];
	}

	@Override
	public int size() {
		return 64;
	}

	@Override
	public void start() {
		for (int i = 0; i < this.begunAt.length; i++) {
			begin(i);
		}
	}

	private void begin(int index) {
		if (!this.stopped) {
			this.underWay++;
			this.begunAt[index] = System.nanoTime();
			this.crowd.connect(new Client(this.crowd, this, index));
		}
	}

	@Override
	public void opened(Client client) {
		if (this.messages > 0) {
			send(client);
		}
		else {
			client.leave();
			done(client);
		}
	}

	private static void send(Client client) {
		client.write();
		client.flush();
	}

	@Override
	public void echoed(Client client, long message) {
		if (message + 1 < this.messages) {
			send(client);
		}
		else {
			client.sayGoodbye();
		}
	}

	@Override
	public void saidGoodbye(Client client) {
		done(client);
	}

	private void done(Client client) {
		this.tally.add(System.nanoTime() - this.begunAt[client.index()]);
		this.underWay--;
		begin(client.index());
	}

	@Override
	public void stop() {
		this.stopped = true;
	}

	@Override
	public long underWay() {
		return this.underWay;
	}

}
