package io.switchgate.journal;

import java.util.List;

/**
 * Head of a request or of an answer, as it was on the wire but for its secrets.
 *
 * @param line request line or status line
 * @param headers headers in their order
 */
public record HeaderBlock(String line, List<Header> headers) {

	/**
	 * Returns the values of a header.
	 * @param name name in any case
	 * @return values in their order
	 */
	public List<String> values(String name) {
		return this.headers.stream()
			.filter((header) -> header.name().equalsIgnoreCase(name))
			.map(Header::value)
			.toList();
	}

}
