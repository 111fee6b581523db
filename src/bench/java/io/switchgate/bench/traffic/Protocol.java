package io.switchgate.bench.traffic;

import java.util.Locale;

/**
 * What clients speak below their WebSockets.
 */
public enum Protocol {

	/** HTTP/1.1. */
	CLEAR,

	/** HTTP/1.1 over TLS. */
	TLS,

	/** HTTP/2 with prior knowledge, and extended CONNECT (RFC 8441). */
	H2C;

	/**
	 * Returns what lines of configurations begin with that only this protocol needs.
	 * @return marker
	 */
	public String marker() {
		return "@" + name().toLowerCase(Locale.ROOT) + "@";
	}

}
