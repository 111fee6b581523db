package io.switchgate.tunnel;

/**
 * How far one end has come to its close by the gateway, and the closing handshake before
 * that.
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
	ANSWERED,

	/**
	 * The connection is closed as soon as everything was sent.
	 */
	LEAVING

}
