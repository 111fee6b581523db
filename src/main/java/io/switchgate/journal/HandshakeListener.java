package io.switchgate.journal;

/**
 * Watches handshakes. It is called on an event loop, so it must not block.
 */
public interface HandshakeListener {

	/**
	 * A handshake has begun.
	 */
	default void begun() {
	}

	/**
	 * A handshake is over.
	 */
	void finished(HandshakeRecord handshake);

}
