package io.switchgate.bench.traffic;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.switchgate.load.Backoff;

/**
 * Clients with a tunnel each, who come back when it breaks. A client is back when its
 * first message has been echoed.
 */
final class Reconnects implements Conversation {

	private static final double NANOS_OF_SECOND = TimeUnit.SECONDS.toNanos(1);

	private final Crowd crowd;

	private final BitSet open = new BitSet();

	private final BitSet cut = new BitSet();

	private final BitSet turnedAway = new BitSet();

	private final BitSet failed = new BitSet();

	private final long[] lostAt;

	private final long[] backAt;

	Reconnects(Crowd crowd, int clients) {
		this.crowd = crowd;
		this.lostAt = new long[clients];
		this.backAt = new long[clients];
	}

	@Override
	public int size() {
		return 64;
	}

	@Override
	public void open() {
		this.crowd.open(this.lostAt.length, this);
	}

	/**
	 * Forgets what has been so far.
	 */
	@Override
	public void start() {
		this.cut.clear();
		this.turnedAway.clear();
		this.failed.clear();
	}

	@Override
	public void opened(Client client) {
		client.write();
		client.flush();
	}

	@Override
	public void echoed(Client client, long message) {
		this.open.set(client.index());
		this.backAt[client.index()] = System.nanoTime();
	}

	@Override
	public void broken(Client client, TrafficException how) {
		int index = client.index();
		if (this.open.get(index)) {
			this.open.clear(index);
			lost(index);
			retry(index, Backoff.AFTER_LOSS);
		}
		else if (how instanceof RefusedException refusal && refusal.isUnavailable()) {
			this.turnedAway.set(index);
			retry(index, Backoff.afterUnavailable(refusal.retryAfter()));
		}
		else {
			this.failed.set(index);
			retry(index, Backoff.afterFailure());
		}
	}

	private void lost(int index) {
		if (!this.cut.get(index)) {
			this.cut.set(index);
			this.lostAt[index] = System.nanoTime();
		}
	}

	private void retry(int index, long millis) {
		this.crowd.loop()
			.schedule(() -> this.crowd.connect(new Client(this.crowd, this, index)), millis, TimeUnit.MILLISECONDS);
	}

	/**
	 * Tunnels stay.
	 */
	@Override
	public void stop() {
	}

	@Override
	public long underWay() {
		return this.lostAt.length - this.open.cardinality();
	}

	/**
	 * Returns whether all have lost their tunnels since {@link #start()} and have others.
	 */
	boolean areBack() {
		return this.cut.cardinality() == this.lostAt.length && underWay() == 0;
	}

	/**
	 * Returns how it went. Those who are not back yet have been away until now, and
	 * failed.
	 */
	Map<Figure, Double> figures() {
		if (this.cut.cardinality() < this.lostAt.length) {
			throw new TrafficException(
					"only %d of %d tunnels were cut".formatted(this.cut.cardinality(), this.lostAt.length));
		}
		long now = System.nanoTime();
		BitSet missing = missing();
		this.failed.or(missing);
		missing.stream().forEach((index) -> this.backAt[index] = now);
		long[] absences = IntStream.range(0, this.lostAt.length)
			.mapToLong((index) -> this.backAt[index] - this.lostAt[index])
			.sorted()
			.toArray();
		long first = Arrays.stream(this.lostAt).min().orElse(now);
		long last = Arrays.stream(this.backAt).max().orElse(now);
		return Map.of(Figure.MEDIAN_ABSENCE, seconds(absences[absences.length / 2]), Figure.LONGEST_ABSENCE,
				seconds(absences[absences.length - 1]), Figure.LAST_BACK, seconds(last - first), Figure.TURNED_AWAY,
				(double) this.turnedAway.cardinality(), Figure.FAILED, (double) this.failed.cardinality());
	}

	private static double seconds(long nanos) {
		return nanos / NANOS_OF_SECOND;
	}

	private BitSet missing() {
		BitSet missing = new BitSet();
		missing.set(0, this.lostAt.length);
		missing.andNot(this.open);
		return missing;
	}

}
