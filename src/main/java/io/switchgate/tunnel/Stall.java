package io.switchgate.tunnel;

/**
 * How long one end has taken nothing of what waits for it, or too little.
 */
final class Stall {

	private long waiting;

	private long taken;

	private long sinceNanos;

	/**
	 * Looks at an end.
	 * @return whether something waits for it
	 */
	boolean look(long now, TunnelEnd end) {
		return look(now, end, 1);
	}

	/**
	 * Looks at an end that must take more than a byte, or all that waited for it, to
	 * count as one that takes something.
	 * @return whether something waits for it
	 */
	boolean look(long now, TunnelEnd end, long least) {
		long pending = end.outlet().pendingBytes();
		long takenNow = end.peer().relay().bytes() - pending;
		if (this.waiting == 0 || takenNow - this.taken >= Math.min(least, this.waiting)) {
			this.taken = takenNow;
			this.sinceNanos = now;
			this.waiting = pending;
		}
		// Bytes that are added count as more than themselves, and would hide some of
		// those that were taken.
		this.taken = Math.min(this.taken, takenNow);
		if (pending == 0) {
			this.waiting = 0;
		}
		return pending > 0;
	}

	long age(long now) {
		return now - this.sinceNanos;
	}

}
