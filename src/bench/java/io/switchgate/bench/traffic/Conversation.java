package io.switchgate.bench.traffic;

/**
 * What clients say and when. Methods are called on the event loop unless they say
 * otherwise.
 */
interface Conversation {

	/**
	 * Returns the bytes of a message.
	 */
	int size();

	/**
	 * Opens the tunnels that it needs from the start; called from elsewhere.
	 */
	default void open() {
	}

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
	 * Called when the closing handshake of a client is done.
	 */
	default void saidGoodbye(Client client) {
	}

	/**
	 * Begins to talk.
	 */
	void start();

	/**
	 * Says nothing more.
	 */
	void stop();

	/**
	 * Returns how much has not come back.
	 */
	long underWay();

}
