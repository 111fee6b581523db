package io.switchgate.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * Head of a request or of an answer as it was sent, but without its secrets. It is one
 * string, because the journal keeps thousands of them and the garbage collector's work
 * grows with the number of objects.
 */
public final class HeaderBlock {

	/**
	 * Ends the line, each name and each value. None of them contains it when it is sent.
	 */
	private static final char END = '\n';

	private final String text;

	private HeaderBlock(String text) {
		this.text = text;
	}

	/**
	 * Makes a head.
	 * @param line request line or status line
	 * @param headers headers in their order
	 */
	public static HeaderBlock of(String line, List<Header> headers) {
		Writer writer = new Writer().begin(line);
		headers.forEach((header) -> writer.add(header.name(), header.value()));
		return writer.end();
	}

	/**
	 * Returns the first line.
	 * @return request line or status line
	 */
	public String line() {
		return this.text.substring(0, this.text.indexOf(END));
	}

	/**
	 * Returns all headers.
	 * @return headers in their order
	 */
	public List<Header> headers() {
		List<Header> headers = new ArrayList<>();
		for (int start = end(0) + 1; start < this.text.length(); start = next(start)) {
			headers.add(new Header(this.text.substring(start, end(start)), value(start)));
		}
		return headers;
	}

	/**
	 * Returns the values of a header.
	 * @param name name in any case
	 * @return values in their order
	 */
	public List<String> values(String name) {
		List<String> values = new ArrayList<>(1);
		for (int start = end(0) + 1; start < this.text.length(); start = next(start)) {
			if (end(start) - start == name.length() && this.text.regionMatches(true, start, name, 0, name.length())) {
				values.add(value(start));
			}
		}
		return values;
	}

	/**
	 * Returns the value of the header that begins at an index.
	 */
	private String value(int start) {
		int value = end(start) + 1;
		return this.text.substring(value, end(value));
	}

	private int next(int start) {
		return end(end(start) + 1) + 1;
	}

	private int end(int start) {
		return this.text.indexOf(END, start);
	}

	/**
	 * Writes one head after the other.
	 */
	static final class Writer {

		/**
		 * Characters, enough for most heads.
		 */
		private static final int LENGTH = 512;

		private final StringBuilder text = new StringBuilder(LENGTH);

		Writer begin(String line) {
			this.text.setLength(0);
			append(line);
			return this;
		}

		Writer add(String name, String value) {
			append(name);
			append(value);
			return this;
		}

		private void append(String word) {
			this.text.append((word.indexOf(END) == -1) ? word : word.replace(END, ' ')).append(END);
		}

		HeaderBlock end() {
			return new HeaderBlock(this.text.toString());
		}

	}

}
