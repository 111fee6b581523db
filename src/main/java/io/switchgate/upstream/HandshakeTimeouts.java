package io.switchgate.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;

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
	 * @param metadata metadata of the route
	 * @return limits, absent where the route sets none
	 * @throws IllegalArgumentException if one is no time
	 */
	public static HandshakeTimeouts of(Map<String, Object> metadata) {
		Integer connect = read(metadata, RouteMetadataUtils.CONNECT_TIMEOUT_ATTR, Integer::valueOf,
				"milliseconds, as in 1000");
		Duration answer = read(metadata, ANSWER, DurationStyle::detectAndParse, "a time, as in 10s");
		if (connect != null && connect < 1) {
			throw wrong(RouteMetadataUtils.CONNECT_TIMEOUT_ATTR, connect, "> 0");
		}
		if (answer != null && (answer.isNegative() || answer.isZero())) {
			throw wrong(ANSWER, answer, "> 0");
		}
		return new HandshakeTimeouts(connect, answer);
	}

	static <T> @Nullable T read(Map<String, Object> metadata, String name, Function<String, T> parser,
			String expected) {
		Object value = metadata.get(name);
		try {
			return (value != null) ? parser.apply(value.toString()) : null;
		}
		catch (IllegalArgumentException ex) {
			throw wrong(name, value, expected);
		}
	}

	static IllegalArgumentException wrong(String name, @Nullable Object value, String expected) {
		return new IllegalArgumentException("metadata " + name + ": " + value + " (expected: " + expected + ")");
	}

}
