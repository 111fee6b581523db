package io.switchgate.client;

/**
 * What the next byte of a client belongs to.
 */
enum Phase {

	HEAD,

	BODY,

	/**
	 * Bytes that wait until the current request is answered.
	 */
	ANSWER,

	/**
	 * Bytes that nobody reads any more.
	 */
	REFUSED;

	/**
	 * Returns whether the decoder may see the byte.
	 */
	boolean isOpen() {
		return this == HEAD || this == BODY;
	}

}
