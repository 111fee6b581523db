package io.switchgate.tunnel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long an end of a closing tunnel may take for the bytes that wait for it: as long as
 * it takes enough of them. A minimum rate keeps an end from holding a tunnel for ever.
 */
final class Patience {

	/**
	 * How many times per limit an end is checked. The time restarts when it takes bytes.
	 */
	private static final int LOOKS = 4;

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final long boundNanos;

	private final long least;

	Patience(TunnelLimits limits, TunnelProperties properties) {
		Duration bound = limits.stallTime().isZero() ? properties.closeFrameTimeout() : limits.stallTime();
		this.boundNanos = bound.toNanos();
		this.least = Math.max(1, (long) ((double) properties.closeRate().toBytes() * this.boundNanos / SECOND));
	}

	/**
	 * Returns whether bytes wait for an end and it takes enough of them.
	 */
	boolean isTaking(TunnelEnd end, long now) {
		return end.isOpen() && end.stall().look(now, end, this.least) && end.stall().age(now) < this.boundNanos;
	}

	/**
	 * Returns the time for which an end may take too few bytes.
	 */
	long boundNanos() {
		return this.boundNanos;
	}

	/**
	 * Returns the time until the next check.
	 */
	long pauseNanos() {
		return Math.max(1, this.boundNanos / LOOKS);
	}

}
