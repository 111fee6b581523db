package io.switchgate.tunnel;

/**
 * Closed catalogue of how tunnels end: who began, and how. Each tunnel has exactly one.
 */
public enum CloseCause {

	/**
	 * The client sent a close frame first.
	 */
	CLIENT_CLOSE,

	/**
	 * The upstream sent a close frame first.
	 */
	UPSTREAM_CLOSE,

	/**
	 * The client ended its connection without a close frame.
	 */
	CLIENT_FIN,

	/**
	 * The upstream ended its connection without a close frame.
	 */
	UPSTREAM_FIN,

	/**
	 * The client's connection broke.
	 */
	CLIENT_RESET,

	/**
	 * The upstream's connection broke.
	 */
	UPSTREAM_RESET,

	/**
	 * The gateway closed both connections because it stops.
	 */
	GATEWAY_STOP;

	/**
	 * Returns the cause that one end of a tunnel is to blame for.
	 */
	static CloseCause close(Direction sent) {
		return (sent == Direction.TO_UPSTREAM) ? CLIENT_CLOSE : UPSTREAM_CLOSE;
	}

	static CloseCause fin(Direction sent) {
		return (sent == Direction.TO_UPSTREAM) ? CLIENT_FIN : UPSTREAM_FIN;
	}

	static CloseCause reset(Direction sent) {
		return (sent == Direction.TO_UPSTREAM) ? CLIENT_RESET : UPSTREAM_RESET;
	}

}
