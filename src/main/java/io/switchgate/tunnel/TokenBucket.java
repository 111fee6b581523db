package io.switchgate.tunnel;

import java.util.concurrent.TimeUnit;

/**
 * Rate limit that allows the amount of one second at once. Amounts are taken first and
 * checked afterwards, so there may be a debt.
 */
final class TokenBucket {

	private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

	private final long perSecond;

	private double tokens;

	private long filledNanos = System.nanoTime();

	TokenBucket(long perSecond) {
		this.perSecond = perSecond;
		this.tokens = perSecond;
	}

	void take(long amount) {
		long now = System.nanoTime();
		double refill = (now - this.filledNanos) / NANOS_PER_SECOND * this.perSecond;
		this.tokens = Math.min(this.perSecond, this.tokens + refill) - amount;
		this.filledNanos = now;
	}

	/**
	 * Returns the time until the debt is paid, counted from the last amount taken.
	 */
	long debtNanos() {
		return (this.tokens < 0) ? (long) (-this.tokens / this.perSecond * NANOS_PER_SECOND) : 0;
	}

}
