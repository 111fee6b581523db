package io.switchgate.configuration;

/**
 * How a reload went.
 */
public enum ReloadOutcome {

	/**
	 * Routes or default filters have changed.
	 */
	CHANGED,

	/**
	 * Neither routes nor default filters have changed.
	 */
	UNCHANGED,

	/**
	 * The configuration has errors, and nothing was changed.
	 */
	FAILED

}
