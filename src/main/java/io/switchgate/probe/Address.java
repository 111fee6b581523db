package io.switchgate.probe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address to connect to.
 *
 * @param host name or address, an IPv6 address in brackets
 * @param port port
 */
record Address(String host, int port) {

	/**
	 * Host of a URL. DNS allows no underscores in names of hosts, but containers have
	 * such names.
	 */
	static final String HOST = "\\[[0-9A-Fa-f:.]+]|[!-~&&[^\\[\\]:/?#@\\\\]]+";

	private static final Pattern ADDRESS = Pattern.compile("(" + HOST + "):([0-9]{1,5})");

	private static final int MOST = 65535;

	/**
	 * Reads an address.
	 * @param name name of the option
	 * @param text host and port
	 */
	static Address parse(String name, String text) {
		Matcher address = ADDRESS.matcher(text);
		int port = address.matches() ? Integer.parseInt(address.group(2)) : 0;
		if (!isPort(port)) {
			throw new MisuseException(
					name + ": " + Printable.of(text) + " (expected: host:port, as in localhost:8080)");
		}
		return new Address(address.group(1), port);
	}

	static boolean isPort(int port) {
		return port > 0 && port <= MOST;
	}

	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

}
