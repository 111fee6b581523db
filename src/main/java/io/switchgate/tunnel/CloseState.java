package io.switchgate.tunnel;

/**
 * How far the closing handshake with one end has come that the gateway began.
 */
enum CloseState {

	/**
	 * Nothing was begun.
	 */
	OPEN,

	/**
	 * The close frame waits for the end of a message.
	 */
	ORDERED,

	/**
	 * The close frame was sent.
	 */
	SENT,

	/**
	 * The end has answered, or will not.
	 */
	ANSWERED

}
