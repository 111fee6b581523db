package io.switchgate.tunnel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks a tunnel to end with close frames (RFC 6455, section 5.5.1).
 *
 * @param cause cause, which must be one of the gateway's
 * @param code code of the close frames
 * @param reason reason in them, at most 123 bytes in UTF-8
 * @param grace time to wait for the end of a message that is under way
 */
public record CloseOrder(CloseCause cause, int code, String reason, Duration grace) {

	/**
	 * Code of an end that goes away (RFC 6455, section 7.4.1).
	 */
	public static final int GOING_AWAY = 1001;

	private static final int LONGEST_REASON = 123;

	private static final int FIRST_CODE = 1000;

	private static final int LAST_CODE = 4999;

	/**
	 * Checks the values for the close frames.
	 * @throws IllegalArgumentException if the code must not be sent (RFC 6455, section
	 * 7.4) or the reason is too long
	 */
	public CloseOrder {
		boolean reserved = code == 1004 || code == 1005 || code == 1006 || (code >= 1015 && code < 3000);
		if (code < FIRST_CODE || code > LAST_CODE || reserved) {
			throw new IllegalArgumentException(
					"close code: " + code + " (expected: 1000 to 1003, 1007 to 1014, or 3000 to 4999)");
		}
		int length = reason.getBytes(StandardCharsets.UTF_8).length;
		if (length > LONGEST_REASON) {
			throw new IllegalArgumentException(
					"close reason: " + length + " bytes (expected: at most " + LONGEST_REASON + ")");
		}
	}

}
