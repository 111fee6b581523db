package io.switchgate.bench.traffic;

/**
 * What is measured.
 *
 * @param label name and unit, for tables
 */
public record Figure(String label) {

	/** CPU time of the proxy for each message, handshake or tunnel. */
	public static final Figure CPU = new Figure("CPU, µs");

	/** Messages, handshakes or tunnels in a second. */
	public static final Figure RATE = new Figure("in a second");

	/** Time that half of them took at most. */
	static final Figure MEDIAN = new Figure("p50, µs");

	/** Time that 99 % of them took at most. */
	static final Figure P99 = new Figure("p99, µs");

	/** The same where it is long. */
	static final Figure P99_MILLIS = new Figure("p99, ms");

	/** Time that 99.9 % of them took at most. */
	static final Figure P999 = new Figure("p99.9, µs");

	/** Memory that is resident for each tunnel. */
	static final Figure TUNNEL_MEMORY = new Figure("memory, KiB");

	/** The same when garbage has been collected. */
	static final Figure LIVE_TUNNEL_MEMORY = new Figure("memory after collecting garbage, KiB");

	/** Memory that is resident. */
	static final Figure MEMORY = new Figure("memory, MiB");

	/** Memory that has become resident under the load. */
	static final Figure GROWTH = new Figure("more memory, MiB");

	/** CPU time from the start until the proxy is ready. */
	static final Figure START = new Figure("CPU until ready, s");

	/** Time from the start until the proxy is ready. */
	static final Figure READY = new Figure("until ready, s");

	/** CPU time of the proxy in all. */
	static final Figure TOTAL_CPU = new Figure("CPU, s");

	/** Time for which half of the clients had no tunnel at most. */
	static final Figure MEDIAN_ABSENCE = new Figure("without a tunnel, median, s");

	/** Time for which one of the clients had no tunnel at most. */
	static final Figure LONGEST_ABSENCE = new Figure("without a tunnel, longest, s");

	/** Time from the first client that lost its tunnel to the last that got another. */
	static final Figure LAST_BACK = new Figure("to the last client, s");

	/** Clients that were answered with 503. */
	static final Figure TURNED_AWAY = new Figure("clients turned away");

	/** Clients of which a handshake failed otherwise. */
	static final Figure FAILED = new Figure("clients failed");

	/** Longest time for which an event loop of the proxy was late. */
	static final Figure STALL = new Figure("longest stall, ms");

	/**
	 * Returns the same figure of a part of the load.
	 * @param part name of the part
	 */
	Figure of(String part) {
		return new Figure(part + ": " + this.label);
	}

}
