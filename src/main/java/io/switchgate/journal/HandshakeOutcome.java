package io.switchgate.journal;

import java.util.Locale;

/**
 * How a handshake went.
 */
public enum HandshakeOutcome {

	/**
	 * The upstream's 101 reached the client.
	 */
	SWITCHED,

	/**
	 * The gateway or a filter of the route refused, or there was no room.
	 */
	REJECTED,

	/**
	 * The upstream refused, and its answer went to the client.
	 */
	DECLINED,

	/**
	 * No answer of the upstream was usable: it was unreachable, was too late, or broke
	 * the protocol; or the client left.
	 */
	FAILED;

	/**
	 * Returns the name that meters, logs and records use.
	 */
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the outcome of a handshake that the gateway answered with an error status.
	 */
	static HandshakeOutcome ofError(int status) {
		return switch (status) {
			case 500, 502, 504 -> FAILED;
			default -> REJECTED;
		};
	}

}
