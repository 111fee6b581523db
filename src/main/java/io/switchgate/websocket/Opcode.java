package io.switchgate.websocket;

/**
 * Kinds of frames (RFC 6455, section 11.8).
 */
public final class Opcode {

	/**
	 * Continues the current message.
	 */
	public static final int CONTINUATION = 0x0;

	/**
	 * Begins a text message.
	 */
	public static final int TEXT = 0x1;

	/**
	 * Begins a binary message.
	 */
	public static final int BINARY = 0x2;

	/**
	 * Begins the closing handshake, or answers it.
	 */
	public static final int CLOSE = 0x8;

	/**
	 * Asks for a pong.
	 */
	public static final int PING = 0x9;

	/**
	 * Answers a ping, or shows without one that the sender is alive.
	 */
	public static final int PONG = 0xA;

	private Opcode() {
	}

	/**
	 * Returns whether RFC 6455 reserves an opcode for extensions.
	 * @param opcode 0 to 15
	 */
	public static boolean isReserved(int opcode) {
		return (opcode > BINARY && opcode < CLOSE) || opcode > PONG;
	}

}
