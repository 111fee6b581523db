package io.switchgate.drain;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.switchgate.tunnel.CloseOrder;

/**
 * How a drain goes on, unless whoever starts it says otherwise.
 *
 * @param time time over which the closes are spread; 0s closes all tunnels at once
 * @param grace time that a message under way may take to end before its tunnel is closed
 * @param code code of the close frames, as in 1001 or 1012
 * @param reason reason in the close frames
 */
@ConfigurationProperties("switchgate.drain")
public record DrainProperties(@DefaultValue("20s") Duration time, @DefaultValue("5s") Duration grace,
		@DefaultValue("1001") int code, @DefaultValue("Going away") String reason) {

	public DrainProperties {
		try {
			check(time, new CloseOrder(DrainScope.all().cause(), code, reason, grace));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("switchgate.drain, " + ex.getMessage(), ex);
		}
	}

	private static void check(Duration time, CloseOrder order) {
		new DrainRequest(DrainScope.all(), time, order);
	}

	/**
	 * Returns a drain as these properties have it.
	 */
	public DrainRequest request(DrainScope scope) {
		return new DrainRequest(scope, this.time, new CloseOrder(scope.cause(), this.code, this.reason, this.grace));
	}

}
