package io.switchgate.client;

/**
 * What the next byte of a client belongs to.
 */
enum Phase {

	/**
	 * A request head.
	 */
	HEAD,

	/**
	 * A request body.
	 */
	BODY,

	/**
	 * Something that must wait for an answer.
	 */
	ANSWER,

	/**
	 * Nothing of interest.
	 */
	REFUSED;

	/**
	 * Returns whether the decoder may see it.
	 */
	boolean isOpen() {
		return this == HEAD || this == BODY;
	}

}
