package io.switchgate.handshake;

/**
 * Watches handshakes. Called on an event loop, so it must not block.
 */
public interface HandshakeListener {

	/**
	 * A handshake is over.
	 * @param handshake how it went
	 */
	void finished(Handshake handshake);

}
