package io.switchgate.upstream;

import java.net.URI;
import java.util.Objects;

/**
 * Host and port of an upstream. {@link URI} finds neither of them if a name has an
 * underscore, as names in Docker Compose do.
 *
 * @param host name, or address; one of IPv6 in brackets
 * @param port text of the port, empty if there is none
 */
public record Authority(String host, String port) {

	/**
	 * Reads host and port of a URI.
	 * @param url target, with or without an authority
	 * @return host and port without user and password
	 */
	public static Authority of(URI url) {
		String text = Objects.requireNonNullElse(url.getRawAuthority(), "");
		String address = text.substring(text.lastIndexOf('@') + 1);
		int colon = address.indexOf(':', Math.max(0, address.lastIndexOf(']')));
		return (colon == -1) ? new Authority(address, "")
				: new Authority(address.substring(0, colon), address.substring(colon + 1));
	}

}
