package io.switchgate.drain;

import java.util.Locale;

/**
 * How far a drain is.
 */
public enum DrainState {

	/**
	 * It has tunnels to close.
	 */
	RUNNING,

	/**
	 * It has none left.
	 */
	DONE,

	/**
	 * It was told to leave alone what it had not closed.
	 */
	CANCELLED;

	/**
	 * Returns the name that the endpoint uses.
	 */
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
