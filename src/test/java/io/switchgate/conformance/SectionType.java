package io.switchgate.conformance;

import java.util.Arrays;

/**
 * Type of a section of a case file. Some sections are steps, which happen in the order of
 * the file.
 */
enum SectionType {

	/**
	 * The client sends these bytes.
	 */
	CLIENT_SENDS("client sends"),

	/**
	 * The client sends a FIN.
	 */
	CLIENT_ENDS("client ends"),

	/**
	 * The upstream receives this request on any connection, or these bytes of the tunnel.
	 */
	UPSTREAM_RECEIVES("upstream receives"),

	/**
	 * The upstream sends these bytes on the connection on which it received last.
	 */
	UPSTREAM_ANSWERS("upstream answers"),

	/**
	 * The upstream closes the connection on which it received last.
	 */
	UPSTREAM_CLOSES("upstream closes"),

	/**
	 * The upstream resets the connection on which it received last.
	 */
	UPSTREAM_RESETS("upstream resets"),

	/**
	 * The client receives this answer, or these bytes of the tunnel.
	 */
	CLIENT_RECEIVES("client receives"),

	/**
	 * Another client sends a plain request and gets its answer in the meantime.
	 */
	ANOTHER_CLIENT("another client asks"),

	/**
	 * State of the client's connection in the end: open, closed or a tunnel.
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

	SectionType(String title) {
		this.title = title;
	}

	String heading() {
		return "--- " + this.title;
	}

	boolean isStep() {
		return compareTo(CONNECTION) < 0;
	}

	static SectionType of(String heading) {
		return Arrays.stream(values())
			.filter((type) -> type.heading().equals(heading))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(heading + " (expected: one of "
					+ Arrays.stream(values()).map(SectionType::heading).toList() + ")"));
	}

}
