package io.switchgate.tunnel;

import java.time.Duration;

import io.switchgate.transport.Timer;

/**
 * Time that a tunnel may be quiet after an end has sent its FIN or close frame. It is not
 * quiet while an end takes bytes that wait for it.
 */
final class QuietTime {

	private final Tunnel tunnel;

	private long nanos = Long.MAX_VALUE;

	private final Timer timer = new Timer();

	QuietTime(Tunnel tunnel) {
		this.tunnel = tunnel;
	}

	/**
	 * Starts this time, or shortens it.
	 * @return whether it was started or shortened
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
		this.timer.start(this.tunnel.eventLoop(), Duration.ofNanos(delay), this::closeIfOver);
	}

	/**
	 * Stops this time, because another wait with its own limit replaces it.
	 */
	void stop() {
		this.timer.stop();
	}

	private void closeIfOver() {
		long now = System.nanoTime();
		if (this.tunnel.ending().isMoving(now)) {
			this.tunnel.activity().renew();
		}
		long left = this.nanos - this.tunnel.activity().idle(now);
		if (left > 0) {
			schedule(Math.min(left, this.tunnel.ending().patience().pauseNanos()));
		}
		else {
			this.tunnel.disconnect();
		}
	}

}
