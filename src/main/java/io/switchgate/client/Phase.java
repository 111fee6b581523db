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
	 * A body of known length.
	 */
	FIXED_BODY,

	/**
	 * A body in chunks.
	 */
	CHUNKED_BODY,

	/**
	 * Something that must wait for an answer.
	 */
	ANSWER,

	/**
	 * Nothing of interest.
	 */
	REFUSED

}
