package io.switchgate.tunnel;

/**
 * What happens to an end that sends faster than it may.
 */
public enum RateReaction {

	/**
	 * It is not read until it is within its rate again.
	 */
	SLOW,

	/**
	 * The tunnel ends with 1008.
	 */
	CLOSE

}
