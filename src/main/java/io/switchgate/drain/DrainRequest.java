package io.switchgate.drain;

import java.time.Duration;

import io.switchgate.setting.InvalidSettingException;
import io.switchgate.setting.Section;
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
	 * @throws InvalidSettingException if one of them is out of its range
	 */
	public DrainRequest {
		checkLength("time", time, LONGEST_TIME);
		checkLength("grace", order.grace(), LONGEST_GRACE);
	}

	private static void checkLength(String name, Duration value, Duration longest) {
		Section.ANYWHERE.require(!value.isNegative() && value.compareTo(longest) <= 0, name, value,
				"0s to " + longest.toHours() + "h");
	}

}
