package io.switchgate.tunnel;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Time that a tunnel may be quiet since an end has ended its part. It is not quiet while
 * an end takes what waits for it.
 */
final class QuietTime {

	private final Tunnel tunnel;

	private long nanos = Long.MAX_VALUE;

	private @Nullable Future<?> timer;

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
		stop();
		this.timer = this.tunnel.eventLoop().schedule(this::closeIfOver, delay, TimeUnit.NANOSECONDS);
	}

	/**
	 * Ends this time: another wait, with a bound of its own, takes over.
	 */
	void stop() {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
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
