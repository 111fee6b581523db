package io.switchgate.handshake;

import io.switchgate.problem.ProblemException;

/**
 * Where handshakes wait for something.
 */
interface Line {

	/**
	 * Takes in a handshake, which may wait, begin or be refused.
	 */
	void join(Turn turn);

	/**
	 * Refuses a handshake that has waited for the longest time.
	 */
	default void expired(Turn turn) {
		turn.refuse();
	}

	/**
	 * Removes a handshake that does not wait any longer, if it is still here.
	 */
	void leave(Turn turn);

	/**
	 * Takes back what a handshake has not taken, because its client had left.
	 */
	default void missed(Turn turn) {
	}

	/**
	 * Returns the refusal of a handshake that waits in vain.
	 */
	ProblemException refusal(Turn turn);

}
