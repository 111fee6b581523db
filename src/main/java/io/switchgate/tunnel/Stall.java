package io.switchgate.tunnel;

/**
 * How long one end has taken none, or too few, of the bytes that wait for it.
 */
final class Stall {

	private long waiting;

	private long taken;

	private long sinceNanos;

	/**
	 * Checks an end.
	 * @return whether bytes wait for it
	 */
	boolean look(long now, TunnelEnd end) {
		return look(now, end, 1);
	}

	/**
	 * Checks an end that must take a minimum of bytes, or all that waited, to restart its
	 * time.
	 * @return whether bytes wait for it
	 */
	boolean look(long now, TunnelEnd end, long least) {
		long pending = end.outlet().pendingBytes();
		long takenNow = end.peer().relay().bytes() - pending;
		if (this.waiting == 0 || takenNow - this.taken >= Math.min(least, this.waiting)) {
			this.taken = takenNow;
			this.sinceNanos = now;
			this.waiting = pending;
		}
		// Each write adds more than its size to the waiting bytes, so it lowers this
		// count. Keep the lower count, or later bytes that were taken would not show.
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
