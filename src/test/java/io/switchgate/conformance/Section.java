package io.switchgate.conformance;

import java.util.Arrays;

/**
 * Section of a case file. The steps among them happen in the order in which they are
 * written.
 */
enum Section {

	/**
	 * Client writes these bytes.
	 */
	CLIENT_SENDS("client sends"),

	/**
	 * Client has no more to say, and ends its direction.
	 */
	CLIENT_ENDS("client ends"),

	/**
	 * Next message at the upstream, on whatever connection, or bytes of the tunnel.
	 */
	UPSTREAM_RECEIVES("upstream receives"),

	/**
	 * Upstream writes these bytes where it received last.
	 */
	UPSTREAM_ANSWERS("upstream answers"),

	/**
	 * Upstream closes the connection on which it received last.
	 */
	UPSTREAM_CLOSES("upstream closes"),

	/**
	 * Upstream resets the connection on which it received last.
	 */
	UPSTREAM_RESETS("upstream resets"),

	/**
	 * Next answer at the client, or bytes of the tunnel.
	 */
	CLIENT_RECEIVES("client receives"),

	/**
	 * Another client sends a plain request and gets its answer in the meantime.
	 */
	ANOTHER_CLIENT("another client asks"),

	/**
	 * What the client's connection is good for in the end.
	 */
	CONNECTION("connection"),

	/**
	 * Code and detail of the gateway's own answers.
	 */
	CAUSE("cause"),

	/**
	 * Outcomes that are right for any proxy, one a line.
	 */
	ANY_PROXY("any proxy");

	private final String title;

	Section(String title) {
		this.title = title;
	}

	String heading() {
		return "--- " + this.title;
	}

	boolean isStep() {
		return compareTo(CONNECTION) < 0;
	}

	static Section of(String heading) {
		return Arrays.stream(values())
			.filter((section) -> section.heading().equals(heading))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					heading + " (expected: one of " + Arrays.stream(values()).map(Section::heading).toList() + ")"));
	}

}
