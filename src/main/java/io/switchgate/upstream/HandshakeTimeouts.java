package io.switchgate.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;

import io.switchgate.setting.InvalidSettingException;
import io.switchgate.setting.Section;

/**
 * Time limits that a route sets for its handshakes, in its metadata.
 *
 * @param connect milliseconds to connect, from {@code connect-timeout}
 * @param answer time from dialling to the answer, from {@code handshake-timeout}
 */
public record HandshakeTimeouts(@Nullable Integer connect, @Nullable Duration answer) {

	private static final String ANSWER = "handshake-timeout";

	/**
	 * Reads the limits of a route.
	 * @return limits, absent where the route sets none
	 * @throws InvalidSettingException if one of them is not a valid time
	 */
	public static HandshakeTimeouts of(Map<String, Object> metadata) {
		Integer connect = read(metadata, RouteMetadataUtils.CONNECT_TIMEOUT_ATTR, Integer::valueOf,
				"milliseconds, as in 1000");
		Duration answer = read(metadata, ANSWER, DurationStyle::detectAndParse, "a time, as in 10s");
		Section.METADATA.require(connect == null || connect > 0, RouteMetadataUtils.CONNECT_TIMEOUT_ATTR, connect,
				"> 0");
		Section.METADATA.require(answer == null || !(answer.isNegative() || answer.isZero()), ANSWER, answer, "> 0");
		return new HandshakeTimeouts(connect, answer);
	}

	static <T> @Nullable T read(Map<String, Object> metadata, String name, Function<String, T> parser,
			String expected) {
		Object value = metadata.get(name);
		try {
			return (value != null) ? parser.apply(value.toString()) : null;
		}
		catch (IllegalArgumentException ex) {
			throw Section.METADATA.refusal(name, value, expected);
		}
	}

}
