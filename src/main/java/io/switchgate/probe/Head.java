package io.switchgate.probe;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Head of a request or an answer with its secrets. For that reason it is no
 * {@link io.switchgate.journal.HeaderBlock}, which may be printed and kept.
 *
 * @param line request line or status line
 * @param headers headers in their order
 */
record Head(String line, List<Map.Entry<String, String>> headers) {

	/**
	 * Returns the status of an answer.
	 */
	int status() {
		return Integer.parseInt(this.line.substring("HTTP/1.1 ".length(), "HTTP/1.1 nnn".length()));
	}

	List<String> values(String name) {
		return this.headers.stream()
			.filter((header) -> header.getKey().equalsIgnoreCase(name))
			.map(Map.Entry::getValue)
			.toList();
	}

	byte[] bytes() {
		StringBuilder text = new StringBuilder(this.line).append("\r\n");
		this.headers
			.forEach((header) -> text.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n"));
		return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
	}

}
