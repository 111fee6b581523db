package io.switchgate.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.switchgate.upstream.Authority;

/**
 * The target of a route, as its configuration writes it.
 */
final class RouteTarget {

	private static final String EXAMPLE = "http://localhost:8000";

	private static final Set<String> SCHEMES = new TreeSet<>(Set.of("http", "https", "ws", "wss"));

	private static final Set<String> SCHEMES_OF_TLS = Set.of("https", "wss");

	/**
	 * A name, which may have underscores, or an address. A name whose last label is a
	 * number must be an IPv4 address.
	 */
	private static final Pattern HOST = Pattern.compile("(?=.{1,253}$)([\\w-]{1,63}\\.)*(?!\\d+\\.?$)[\\w-]{1,63}\\.?"
			+ "|((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}|\\[[0-9A-Fa-f:.]+]");

	private static final int LARGEST_PORT = 65_535;

	private RouteTarget() {
	}

	/**
	 * Checks a target.
	 * @param text target as written, or null if there is none
	 * @param shown the target without secrets, for messages
	 * @throws IllegalArgumentException if the target is not valid; the message is a
	 * sentence
	 */
	static void check(@Nullable String text, String shown) {
		if (text == null || text.isBlank()) {
			throw new IllegalArgumentException("uri: none (expected: one, as in " + EXAMPLE + ")");
		}
		String flaw = flaw(text);
		if (flaw != null) {
			throw new IllegalArgumentException("uri " + shown + ": " + flaw);
		}
	}

	/**
	 * Returns whether a valid target uses TLS.
	 */
	static boolean isTls(URI target) {
		return SCHEMES_OF_TLS.contains(target.getScheme());
	}

	private static @Nullable String flaw(String text) {
		try {
			return flaw(new URI(text));
		}
		catch (URISyntaxException ex) {
			return "no URI (expected: one, as in " + EXAMPLE + ")";
		}
	}

	private static @Nullable String flaw(URI uri) {
		Authority authority = Authority.of(uri);
		if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
			return "scheme " + uri.getScheme() + " (expected: one of " + String.join(", ", SCHEMES) + ")";
		}
		if (authority.host().isEmpty()) {
			return "no host (expected: one, as in " + EXAMPLE + ")";
		}
		if (uri.getRawAuthority().indexOf('@') != -1) {
			return "user (expected: none)";
		}
		if (uri.getRawFragment() != null) {
			return "fragment (expected: none)";
		}
		if (!HOST.matcher(authority.host()).matches()) {
			return "host " + authority.host()
					+ " (expected: a name of letters, digits, '-', '_' and '.', or an address)";
		}
		return isPort(authority.port()) ? null : "port " + authority.port() + " (expected: 1 to " + LARGEST_PORT + ")";
	}

	private static boolean isPort(String text) {
		if (text.isEmpty()) {
			return true;
		}
		return text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= LARGEST_PORT;
	}

}
