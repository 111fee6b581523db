package io.switchgate.bench.traffic;

/**
 * Something that clients do. Methods are called on the event loop unless they say
 * otherwise.
 */
interface Activity {

	/**
	 * Opens the tunnels that it needs from the start; called from elsewhere.
	 */
	default void open() {
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
