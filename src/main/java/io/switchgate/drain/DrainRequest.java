package io.switchgate.drain;

import java.time.Duration;

import io.switchgate.tunnel.CloseOrder;

/**
 * What a drain is to do.
 *
 * @param scope which tunnels it closes
 * @param time time over which the closes are spread
 * @param order what each tunnel is told
 */
public record DrainRequest(DrainScope scope, Duration time, CloseOrder order) {

	private static final Duration LONGEST_TIME = Duration.ofDays(1);

	private static final Duration LONGEST_GRACE = Duration.ofHours(1);

	/**
	 * Checks the times, which bound how long a stop of the process may take.
	 * @throws IllegalArgumentException if one of them is out of its range
	 */
	public DrainRequest {
		require("time", time, LONGEST_TIME);
		require("grace", order.grace(), LONGEST_GRACE);
	}

	private static void require(String name, Duration value, Duration longest) {
		if (value.isNegative() || value.compareTo(longest) > 0) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: 0s to " + longest.toHours() + "h)");
		}
	}

}
