package io.switchgate.bench.traffic;

import java.util.Arrays;

/**
 * Durations in buckets that are at most 1/64 wide, from a nanosecond up.
 */
final class Latencies {

	private static final int BITS = 6;

	private static final int STEPS = 1 << BITS;

	private final long[] buckets = new long[(Long.SIZE - BITS) * STEPS];

	private long count;

	void add(long nanos) {
		this.buckets[index(Math.max(nanos, 0))]++;
		this.count++;
	}

	private static int index(long nanos) {
		int shift = Math.max(0, Long.SIZE - BITS - 1 - Long.numberOfLeadingZeros(nanos));
		return shift * STEPS + (int) (nanos >>> shift);
	}

	/**
	 * Returns the duration that a share of all did not exceed, up to the width of a
	 * bucket.
	 * @param share share of all, as in 0.99
	 */
	double micros(double share) {
		long rank = Math.max(1, (long) Math.ceil(share * this.count));
		int index = 0;
		for (long seen = this.buckets[0]; seen < rank && index < this.buckets.length - 1; seen += this.buckets[index]) {
			index++;
		}
		return nanos(index) / 1000.0;
	}

	/**
	 * Returns the longest duration of a bucket.
	 */
	private static long nanos(int index) {
		if (index < 2 * STEPS) {
			return index;
		}
		int shift = index / STEPS - 1;
		return ((long) (index - shift * STEPS + 1) << shift) - 1;
	}

	void clear() {
		Arrays.fill(this.buckets, 0);
		this.count = 0;
	}

}
