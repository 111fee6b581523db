package io.switchgate.probe;

/**
 * What the probe received through a tunnel.
 *
 * @param kind kind
 * @param text message or reason, for a terminal
 * @param code close code, or that which the end stands for (RFC 6455, section 7.1.5)
 * @param payload payload of a ping or a pong
 */
record Incoming(Kind kind, String text, int code, byte[] payload) {

	static Incoming of(Kind kind, byte[] payload) {
		return new Incoming(kind, "", 0, payload);
	}

	static Incoming message(String text) {
		return new Incoming(Kind.MESSAGE, text, 0, new byte[0]);
	}

	static Incoming end(Kind kind, int code, String text) {
		return new Incoming(kind, text, code, new byte[0]);
	}

	/**
	 * Kinds of messages, frames and ends.
	 */
	enum Kind {

		/**
		 * All frames of a message.
		 */
		MESSAGE,

		PING,

		PONG,

		CLOSE,

		/**
		 * End of the connection without a close frame.
		 */
		FIN,

		/**
		 * End of the connection by an error.
		 */
		RESET,

		/**
		 * Bytes that are not a valid frame.
		 */
		BROKEN;

		/**
		 * Returns whether nothing can follow it.
		 */
		boolean isEnd() {
			return ordinal() >= CLOSE.ordinal();
		}

	}

}
