package io.switchgate.journal;

/**
 * Watches handshakes. Called on an event loop, so it must not block.
 */
public interface HandshakeListener {

	/**
	 * A handshake has begun.
	 * @param id name of the handshake
	 */
	default void begun(String id) {
	}

	/**
	 * A handshake is over.
	 * @param handshake how it went
	 */
	void finished(HandshakeRecord handshake);

}
