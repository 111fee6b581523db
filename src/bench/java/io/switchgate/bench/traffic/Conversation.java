package io.switchgate.bench.traffic;

/**
 * What clients of one kind say and when.
 */
interface Conversation extends Activity {

	/**
	 * Returns the bytes of a message.
	 */
	int size();

	/**
	 * Called when a client has its tunnel.
	 */
	default void opened(Client client) {
	}

	/**
	 * Called when a message has come back.
	 */
	void echoed(Client client, long message);

	/**
	 * Called when a client may write, or may no longer.
	 */
	default void writabilityChanged(Client client) {
	}

	/**
	 * Called when a client has lost its tunnel, or did not get one. This ends the load
	 * unless clients are to bear it.
	 */
	default void broken(Client client, TrafficException how) {
		client.giveUp(how);
	}

	/**
	 * Called when the closing handshake of a client is done.
	 */
	default void saidGoodbye(Client client) {
	}

}
