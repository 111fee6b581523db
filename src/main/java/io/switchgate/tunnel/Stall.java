package io.switchgate.tunnel;

/**
 * How long one end has taken nothing of what waits for it.
 */
final class Stall {

	private boolean waiting;

	private long taken;

	private long sinceNanos;

	/**
	 * Looks at an end.
	 * @return whether something waits for it
	 */
	boolean look(long now, TunnelEnd end) {
		long pending = end.outlet().pendingBytes();
		long takenNow = end.peer().relay().bytes() - pending;
		if (!this.waiting || takenNow != this.taken) {
			this.taken = takenNow;
			this.sinceNanos = now;
		}
		this.waiting = pending > 0;
		return this.waiting;
	}

	long age(long now) {
		return now - this.sinceNanos;
	}

}
