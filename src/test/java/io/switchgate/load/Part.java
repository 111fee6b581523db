package io.switchgate.load;

import java.util.Random;

/**
 * What one end of a tunnel does from the switch to the end of its connection.
 */
@FunctionalInterface
interface Part {

	void play(Speaker end, Random random);

}
