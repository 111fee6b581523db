package io.switchgate.handshake;

import java.util.Arrays;

/**
 * WebSocket versions that a route can require.
 */
enum WebSocketVersion {

	/**
	 * The version of RFC 6455.
	 */
	RFC_6455("13"),

	/**
	 * Any version; the upstream decides.
	 */
	ANY("any");

	private final String value;

	WebSocketVersion(String value) {
		this.value = value;
	}

	static WebSocketVersion parse(String value) {
		return Arrays.stream(values())
			.filter((candidate) -> candidate.value.equals(value))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(value + " (expected: 13 or any)"));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
