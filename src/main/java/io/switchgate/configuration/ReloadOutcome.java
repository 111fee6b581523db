package io.switchgate.configuration;

/**
 * How a reload went.
 */
public enum ReloadOutcome {

	/**
	 * Routes or default filters are others than before.
	 */
	CHANGED,

	/**
	 * They are the same.
	 */
	UNCHANGED,

	/**
	 * The configuration cannot work: nothing was changed.
	 */
	FAILED

}
