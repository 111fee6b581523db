package io.switchgate.bench.traffic;

import java.util.OptionalDouble;

/**
 * What a proxy's processes use.
 */
public interface Meter {

	/**
	 * Returns the CPU time that they have used, in the kernel as well.
	 * @return microseconds
	 */
	long cpuMicros();

	/**
	 * Returns the memory that is resident.
	 * @return kibibytes
	 */
	long residentKibibytes();

	/**
	 * Returns for how long an event loop was late at most in the last seconds, if the
	 * proxy says so.
	 * @return milliseconds
	 */
	default OptionalDouble longestStallMillis() {
		return OptionalDouble.empty();
	}

	/**
	 * Frees what nothing refers to, if somebody can tell the proxy to.
	 */
	default void collectGarbage() {
	}

}
