package io.switchgate.bench.traffic;

import java.util.Map;

/**
 * What is done with a proxy to measure it.
 */
interface Scenario {

	/**
	 * Does it.
	 * @param crowd clients to do it with
	 * @return what was measured
	 */
	Map<Figure, Double> play(Crowd crowd, Pace pace);

}
