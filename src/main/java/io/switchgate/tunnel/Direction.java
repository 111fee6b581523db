package io.switchgate.tunnel;

/**
 * The two directions of a tunnel.
 */
public enum Direction {

	/**
	 * From the client to the upstream.
	 */
	TO_UPSTREAM,

	/**
	 * From the upstream to the client.
	 */
	TO_CLIENT

}
