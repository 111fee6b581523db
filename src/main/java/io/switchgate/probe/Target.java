package io.switchgate.probe;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.Redaction;

/**
 * What to probe.
 *
 * @param tls whether to speak TLS
 * @param url host and port of the URL
 * @param path path and query, byte for byte
 * @param via where to connect to instead, or null
 */
record Target(boolean tls, Address url, String path, @Nullable Address via) {

	private static final int HTTP = 80;

	private static final int HTTPS = 443;

	private static final Pattern URL = Pattern.compile("(?<scheme>(?i)wss?|https?)://(?<host>" + Address.HOST
			+ ")(:(?<port>[0-9]{1,5}))?" + "(?<path>[/?][!-~&&[^#]]*)?");

	/**
	 * Reads a URL.
	 * @param name name of the argument
	 * @param via where to connect to instead, or null
	 */
	static Target parse(String name, String text, @Nullable Address via) {
		Matcher url = URL.matcher(text);
		if (!url.matches()) {
			throw invalid(name, text);
		}
		String scheme = url.group("scheme").toLowerCase(Locale.ROOT);
		boolean tls = scheme.equals("wss") || scheme.equals("https");
		int port = (url.group("port") != null) ? Integer.parseInt(url.group("port")) : tls ? HTTPS : HTTP;
		if (!Address.isPort(port)) {
			throw invalid(name, text);
		}
		String path = Objects.requireNonNullElse(url.group("path"), "/");
		return new Target(tls, new Address(url.group("host"), port), path.startsWith("/") ? path : "/" + path, via);
	}

	private static MisuseException invalid(String name, String text) {
		return new MisuseException(name + ": " + Printable.of(Redaction.standard().uri(text))
				+ " (expected: ws://host[:port]/path or wss://..., without user, password and #)");
	}

	/**
	 * Returns the address to connect to.
	 */
	Address address() {
		return (this.via != null) ? this.via : this.url;
	}

	/**
	 * Returns the value of {@code Host}: without the port if it is the scheme's default
	 * (RFC 6455, section 4.1).
	 */
	String host() {
		return (this.url.port() == (this.tls ? HTTPS : HTTP)) ? this.url.host() : this.url.toString();
	}

	/**
	 * Returns the host without the brackets of an IPv6 address.
	 */
	String serverName() {
		return this.url.host().replaceAll("[\\[\\]]", "");
	}

	String scheme() {
		return this.tls ? "wss" : "ws";
	}

	@Override
	public String toString() {
		return Redaction.standard().uri(scheme() + "://" + host() + this.path);
	}

}
