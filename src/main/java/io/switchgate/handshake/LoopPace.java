package io.switchgate.handshake;

import java.util.concurrent.TimeUnit;

/**
 * How many handshakes one event loop begins in a turn. The number follows the delay of
 * the loop, which is how late the loop runs what is due: it rises by one while the loop
 * is prompt, and falls to a half when the loop is late. The time that handshakes take
 * would be the wrong signal: slow upstreams make it long although the loop is idle.
 */
final class LoopPace {

	/**
	 * Most handshakes in a turn. A loop that begins them faster completes none sooner,
	 * but reads and writes for everybody else less often.
	 */
	static final int MOST = 8;

	/**
	 * Longest delay of a loop that can take on more.
	 */
	static final long PROMPT = TimeUnit.MILLISECONDS.toNanos(20);

	/**
	 * Shortest delay of a loop that has too much to do.
	 */
	static final long LATE = TimeUnit.MILLISECONDS.toNanos(60);

	private int perTurn = MOST;

	/**
	 * Returns how many handshakes may begin in a turn; at least one, so that other work
	 * cannot keep all of them out.
	 */
	int perTurn() {
		return this.perTurn;
	}

	/**
	 * Adjusts the number at the beginning of a turn.
	 * @param delay how late the turn began, in nanoseconds
	 */
	void adjust(long delay) {
		if (delay <= PROMPT) {
			this.perTurn = Math.min(MOST, this.perTurn + 1);
		}
		else if (delay >= LATE) {
			this.perTurn = Math.max(1, this.perTurn / 2);
		}
	}

}
