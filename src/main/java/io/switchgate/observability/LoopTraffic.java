package io.switchgate.observability;

import java.util.Arrays;

import io.switchgate.tunnel.Traffic;

/**
 * Counts, in plain fields, what the tunnels of one route carry in one direction on one
 * event loop. It passes the counts to the meters from time to time.
 */
final class LoopTraffic implements Traffic {

	private static final int OPCODES = 16;

	/**
	 * Number of size classes. Each class ends at a power of two, as do the buckets of the
	 * meter.
	 */
	private static final int POWERS = Long.SIZE;

	private final DirectionMeters meters;

	private final LoopMeters loop;

	private final long[] frames = new long[OPCODES];

	private final long[] sized = new long[POWERS];

	private final long[] sizes = new long[POWERS];

	private long largest;

	private long messages;

	private long bytes;

	private boolean pending;

	LoopTraffic(DirectionMeters meters, LoopMeters loop) {
		this.meters = meters;
		this.loop = loop;
	}

	@Override
	public void frame(int opcode) {
		this.frames[opcode]++;
	}

	@Override
	public void message(long size) {
		this.messages++;
		if (size >= 0) {
			int power = powerOf(size);
			this.sized[power]++;
			this.sizes[power] += size;
			this.largest = Math.max(this.largest, size);
		}
	}

	@Override
	public void batch(long batch) {
		this.bytes += batch;
		if (!this.pending) {
			this.pending = true;
			this.loop.pending(this);
		}
	}

	/**
	 * Passes the counts since the last time to the meters.
	 * @param most how many sizes to record, roughly; if there are more messages, a sample
	 * is recorded that keeps the share of each size
	 */
	void publish(int most) {
		this.meters.count(this.bytes, this.messages);
		for (int opcode = 0; opcode < OPCODES; opcode++) {
			if (this.frames[opcode] > 0) {
				this.meters.frames(opcode, this.frames[opcode]);
			}
		}
		double share = Math.min(1, (double) most / Arrays.stream(this.sized).sum());
		for (int power = 0; power < POWERS; power++) {
			if (this.sized[power] > 0) {
				publish(power, share);
			}
		}
		Arrays.fill(this.frames, 0);
		this.largest = 0;
		this.messages = 0;
		this.bytes = 0;
		this.pending = false;
	}

	/**
	 * Records messages of one size class, or a share of them. Each counts with the mean
	 * of its class, which is in the same bucket; the largest message counts with its own
	 * size.
	 */
	private void publish(int power, double share) {
		long rest = this.sized[power];
		long sum = this.sizes[power];
		if (power == powerOf(this.largest)) {
			this.meters.messageSize(this.largest);
			rest--;
			sum -= this.largest;
		}
		double mean = (double) sum / rest;
		for (long i = 0; i < rest * share; i++) {
			this.meters.messageSize(mean);
		}
		this.sized[power] = 0;
		this.sizes[power] = 0;
	}

	private static int powerOf(long size) {
		return Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, size - 1));
	}

}
