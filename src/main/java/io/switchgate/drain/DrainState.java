package io.switchgate.drain;

import java.util.Locale;

/**
 * State of a drain.
 */
public enum DrainState {

	/**
	 * Some tunnels are still open.
	 */
	RUNNING,

	/**
	 * All tunnels are closed.
	 */
	DONE,

	/**
	 * It was cancelled, and the remaining tunnels stay open.
	 */
	CANCELLED;

	/**
	 * Returns the name that the endpoint uses.
	 */
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
