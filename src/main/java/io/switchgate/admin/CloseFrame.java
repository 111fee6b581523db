package io.switchgate.admin;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.switchgate.tunnel.CloseCause;
import io.switchgate.tunnel.CloseOrder;

/**
 * The close frame that a request asks for.
 *
 * @param code close code
 * @param reason close reason
 */
record CloseFrame(@Nullable String code, @Nullable String reason) {

	private static final int LAST_CODE = 4999;

	CloseOrder order(CloseCause cause, Duration grace, int otherwise, String otherwiseReason) {
		int number = Parameters.number("code", this.code, otherwise, 1000, LAST_CODE);
		try {
			return new CloseOrder(cause, number, Objects.requireNonNullElse(this.reason, otherwiseReason), grace);
		}
		catch (IllegalArgumentException ex) {
			throw Parameters.invalid(ex.getMessage());
		}
	}

}
