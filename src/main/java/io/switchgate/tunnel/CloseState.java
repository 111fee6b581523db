package io.switchgate.tunnel;

/**
 * Progress of the gateway's close at one end: first the closing handshake, then the end
 * of the connection.
 */
enum CloseState {

	/**
	 * The gateway has not started to close it.
	 */
	OPEN,

	/**
	 * The close frame waits for the end of a message.
	 */
	ORDERED,

	/**
	 * The close frame has been sent.
	 */
	SENT,

	/**
	 * The end has answered, or no answer is expected any more.
	 */
	ANSWERED,

	/**
	 * The connection is closed as soon as all waiting bytes are sent.
	 */
	LEAVING

}
