package io.switchgate.load;

import java.util.Random;

/**
 * What one end of a tunnel does between the 101 and the end of its connection.
 */
@FunctionalInterface
interface ConnectionScript {

	void run(TunnelEnd end, Random random);

}
