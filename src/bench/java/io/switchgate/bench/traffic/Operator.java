package io.switchgate.bench.traffic;

/**
 * What somebody does to a proxy while clients are on it.
 */
public interface Operator {

	/**
	 * Starts another process of the same proxy beside this one, and waits until it is
	 * ready.
	 * @return the other
	 */
	Target startAnother();

	/**
	 * Kills the process of this one, and every connection with it.
	 */
	void kill();

	/**
	 * Lets the upstream reset all of its connections.
	 */
	void resetUpstream();

}
