package io.switchgate.tunnel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long an end of a tunnel that ends may take for what still waits for it: as long as
 * it takes some of it. Trickles do not count, so that nobody can hold a tunnel for ever.
 */
final class Patience {

	/**
	 * How often an end is looked at: what it takes begins its time anew.
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
	 * Returns whether bytes wait for an end, which takes them.
	 */
	boolean isTaking(TunnelEnd end, long now) {
		return end.isOpen() && end.stall().look(now, end, this.least) && end.stall().age(now) < this.boundNanos;
	}

	/**
	 * Returns the time that an end may take too little.
	 */
	long boundNanos() {
		return this.boundNanos;
	}

	/**
	 * Returns the time after which to look again.
	 */
	long pauseNanos() {
		return Math.max(1, this.boundNanos / LOOKS);
	}

}
