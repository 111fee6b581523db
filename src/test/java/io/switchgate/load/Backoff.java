package io.switchgate.load;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * When clients without a tunnel try again: at once when it broke, after
 * {@code Retry-After} when they get a 503, and within two seconds after any other
 * failure.
 */
public final class Backoff {

	/**
	 * Milliseconds after the tunnel broke.
	 */
	public static final long AFTER_LOSS = 0;

	private Backoff() {
	}

	/**
	 * Returns milliseconds after a 503.
	 * @param retryAfter seconds that its {@code Retry-After} names
	 */
	public static long afterUnavailable(int retryAfter) {
		return TimeUnit.SECONDS.toMillis(retryAfter);
	}

	/**
	 * Returns milliseconds after any other failure.
	 */
	public static long afterFailure() {
		return ThreadLocalRandom.current().nextLong(500, 1500);
	}

}
