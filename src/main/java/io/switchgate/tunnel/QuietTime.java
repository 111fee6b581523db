package io.switchgate.tunnel;

import java.time.Duration;

/**
 * Time that a tunnel may be quiet since an end has ended its part.
 */
final class QuietTime {

	private final Tunnel tunnel;

	private long nanos = Long.MAX_VALUE;

	QuietTime(Tunnel tunnel) {
		this.tunnel = tunnel;
	}

	/**
	 * Begins this time, or shortens it.
	 * @return whether it begins anew
	 */
	boolean limit(Duration time) {
		if (time.toNanos() >= this.nanos) {
			return false;
		}
		this.nanos = time.toNanos();
		schedule(this.nanos);
		return true;
	}

	private void schedule(long delay) {
		this.tunnel.client().outlet().schedule(this::closeIfOver, Duration.ofNanos(delay));
	}

	private void closeIfOver() {
		long left = this.nanos - this.tunnel.activity().idle(System.nanoTime());
		if (left > 0) {
			schedule(left);
		}
		else {
			this.tunnel.close();
		}
	}

}
