package io.switchgate.bench.traffic;

/**
 * What was done, and how long each took. It belongs to the event loop.
 */
final class Tally {

	private final Latencies latencies = new Latencies();

	private long count;

	void add(long nanos) {
		this.latencies.add(nanos);
		this.count++;
	}

	void clear() {
		this.latencies.clear();
		this.count = 0;
	}

	long count() {
		return this.count;
	}

	Latencies latencies() {
		return this.latencies;
	}

}
