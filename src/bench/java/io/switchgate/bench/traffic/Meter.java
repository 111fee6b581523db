package io.switchgate.bench.traffic;

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
	 * Frees what nothing refers to, if somebody can tell the proxy to.
	 */
	void collectGarbage();

}
