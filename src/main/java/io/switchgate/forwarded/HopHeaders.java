package io.switchgate.forwarded;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Headers in which a hop tells who its client is or what the client asked for. Each of
 * them is believed by some server or framework with which upstreams are built.
 */
public final class HopHeaders {

	static final String FORWARDED = "Forwarded";

	static final String FORWARDED_FOR = "X-Forwarded-For";

	private static final String X_FORWARDED = "x-forwarded-";

	private static final Set<String> OTHERS = Set
		.of(// @formatter:off
			// The client's address.
			"forwarded", "x-original-forwarded-for", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "client-ip",
			"true-client-ip", "cf-connecting-ip", "cf-connecting-ipv6", "fastly-client-ip", "x-envoy-external-address",
			// Its certificate (RFC 9440).
			"client-cert", "client-cert-chain",
			// What the client asked for.
			"x-original-host", "x-original-url", "x-rewrite-url");
	// @formatter:on

	/**
	 * First characters of all these names, to rule out most headers quickly.
	 */
	private static final String INITIALS = "CFTXcftx";

	private HopHeaders() {
	}

	/**
	 * Returns the names of such headers in a request.
	 */
	static Set<String> of(Iterable<Map.Entry<String, String>> headers) {
		Set<String> found = Set.of();
		for (Map.Entry<String, String> header : headers) {
			if (contains(header.getKey())) {
				found = found.isEmpty() ? new LinkedHashSet<>() : found;
				found.add(header.getKey());
			}
		}
		return found;
	}

	/**
	 * Returns whether a header is one of them. An underscore counts as a hyphen, because
	 * CGI and its successors do not tell them apart.
	 * @param name name in any case
	 */
	public static boolean contains(String name) {
		if (name.isEmpty() || INITIALS.indexOf(name.charAt(0)) == -1) {
			return false;
		}
		String normal = name.toLowerCase(Locale.ROOT).replace('_', '-');
		return normal.startsWith(X_FORWARDED) || OTHERS.contains(normal);
	}

}
