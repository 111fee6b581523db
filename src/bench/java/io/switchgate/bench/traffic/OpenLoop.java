package io.switchgate.bench.traffic;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Clients send when it is time, whether or not anything has come back. A message's
 * latency begins when it was due, so that a proxy that keeps clients waiting is not
 * spared what piles up meanwhile.
 */
final class OpenLoop implements Conversation {

	private final Crowd crowd;

	private final Tally tally;

	private final Beat beat;

	private final int size;

	private final long[] phases;

	private List<Client> clients = List.of();

	private long startedAt;

	private long turn;

	private boolean stopped;

	OpenLoop(Crowd crowd, Tally tally, Beat beat, int size) {
		this.crowd = crowd;
		this.tally = tally;
		this.beat = beat;
		this.size = size;
		this.phases = beat.together() ? new long[beat.connections()]
				: crowd.random().longs(beat.connections(), 0, beat.period().toNanos()).sorted().toArray();
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public void open() {
		this.clients = this.crowd.open(this.beat.connections(), this);
	}

	@Override
	public void start() {
		this.startedAt = System.nanoTime();
		takeTurns();
	}

	private void takeTurns() {
		while (!this.stopped) {
			int index = (int) (this.turn % this.phases.length);
			long wait = dueAt(index, this.turn / this.phases.length) - System.nanoTime();
			if (wait > 0) {
				this.crowd.loop().schedule(this::takeTurns, wait, TimeUnit.NANOSECONDS);
				return;
			}
			send(this.clients.get(index));
			this.turn++;
		}
	}

	private void send(Client client) {
		for (int i = 0; i < this.beat.batch(); i++) {
			client.write();
		}
		client.flush();
	}

	private long dueAt(int index, long period) {
		return this.startedAt + this.phases[index] + period * this.beat.period().toNanos();
	}

	@Override
	public void echoed(Client client, long message) {
		this.tally.add(System.nanoTime() - dueAt(client.index(), message / this.beat.batch()));
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
