package io.switchgate.handshake;

import java.util.concurrent.TimeUnit;

/**
 * For how long one event loop begins handshakes in a turn, before it reads and writes for
 * everybody else. The time follows the delay of the loop, which is how late the loop runs
 * what is due: it grows by a step while the loop is prompt, and falls to a half when the
 * loop is late. A number of handshakes would be the wrong measure: one costs a gateway
 * that has just started as much as fifty later.
 */
final class LoopPace {

	/**
	 * Longest time in a turn.
	 */
	static final long MOST = TimeUnit.MILLISECONDS.toNanos(5);

	/**
	 * Shortest time in a turn, so that other work cannot keep handshakes out.
	 */
	static final long LEAST = TimeUnit.MILLISECONDS.toNanos(1);

	/**
	 * Longest delay of a loop that can take on more.
	 */
	static final long PROMPT = TimeUnit.MILLISECONDS.toNanos(20);

	/**
	 * Shortest delay of a loop that has too much to do.
	 */
	static final long LATE = TimeUnit.MILLISECONDS.toNanos(60);

	private static final long STEP = TimeUnit.MICROSECONDS.toNanos(500);

	private long nanos = MOST;

	/**
	 * Returns the time in a turn, in nanoseconds.
	 */
	long nanos() {
		return this.nanos;
	}

	/**
	 * Adjusts the time at the beginning of a turn.
	 * @param delay how late the turn began, in nanoseconds
	 */
	void adjust(long delay) {
		if (delay <= PROMPT) {
			this.nanos = Math.min(MOST, this.nanos + STEP);
		}
		else if (delay >= LATE) {
			this.nanos = Math.max(LEAST, this.nanos / 2);
		}
	}

}
