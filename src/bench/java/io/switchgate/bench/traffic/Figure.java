package io.switchgate.bench.traffic;

/**
 * What is measured.
 */
public enum Figure {

	/** CPU time of the proxy for each message, handshake or tunnel. */
	CPU("CPU, µs"),

	/** Messages, handshakes or tunnels in a second. */
	RATE("in a second"),

	/** Time that half of them took at most. */
	MEDIAN("p50, µs"),

	/** Time that 99 % of them took at most. */
	P99("p99, µs"),

	/** Time that 99.9 % of them took at most. */
	P999("p99.9, µs"),

	/** Memory that is resident for each tunnel. */
	TUNNEL_MEMORY("memory, KiB"),

	/** The same when garbage has been collected. */
	LIVE_TUNNEL_MEMORY("memory after collecting garbage, KiB"),

	/** Memory that is resident. */
	MEMORY("memory, MiB"),

	/** Memory that has become resident under the load. */
	GROWTH("more memory, MiB"),

	/** CPU time from the start to the first tunnel. */
	START("CPU until ready, s");

	private final String label;

	Figure(String label) {
		this.label = label;
	}

	/**
	 * Returns the name and its unit.
	 * @return name for tables
	 */
	public String label() {
		return this.label;
	}

}
