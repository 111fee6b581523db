package io.switchgate.tunnel;

/**
 * Ways that bytes go through a tunnel.
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
