package io.switchgate.admin;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.convert.DurationStyle;

/**
 * Reads parameters of requests. An invalid value is answered with 400 and with what was
 * expected.
 */
final class Parameters {

	private Parameters() {
	}

	static Duration duration(String name, @Nullable String value, Duration otherwise) {
		if (value == null) {
			return otherwise;
		}
		try {
			return DurationStyle.detectAndParse(value);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(name, value, "a duration, as in 30s, 5m or 1h");
		}
	}

	static int number(String name, @Nullable String value, int otherwise, int least, int most) {
		if (value == null) {
			return otherwise;
		}
		try {
			int number = Integer.parseInt(value);
			if (number >= least && number <= most) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Gets the same answer as a number out of range.
		}
		throw invalid(name, value, least + " to " + most);
	}

	/**
	 * Returns whether a value equals the one that a parameter asks for. A missing
	 * parameter matches everything.
	 */
	static boolean isOrAny(@Nullable String wanted, @Nullable String actual) {
		return wanted == null || wanted.equals(actual);
	}

	static InvalidEndpointRequestException invalid(String name, @Nullable String value, String expected) {
		return invalid(name + ": " + ((value != null) ? value : "absent") + " (expected: " + expected + ")");
	}

	static InvalidEndpointRequestException invalid(@Nullable String message) {
		String reason = String.valueOf(message);
		return new InvalidEndpointRequestException(reason, reason);
	}

}
