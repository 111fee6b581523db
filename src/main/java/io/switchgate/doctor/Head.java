package io.switchgate.doctor;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.HeaderBlock;
import io.switchgate.websocket.HeaderTokens;

/**
 * Head of a request or an answer, for rules to read and evidence to quote.
 *
 * @param teller who said it, as in {@code the client sent}
 * @param block head, or null if there was none
 */
record Head(String teller, @Nullable HeaderBlock block) {

	boolean isThere() {
		return this.block != null;
	}

	private String line() {
		return (this.block != null) ? this.block.line() : "";
	}

	private String word(int index) {
		String[] words = line().split(" ", 3);
		return (index < words.length) ? words[index] : "";
	}

	boolean isHttp10() {
		return line().startsWith("HTTP/1.0") || line().endsWith("HTTP/1.0");
	}

	boolean isHttp2() {
		return line().endsWith("HTTP/2.0");
	}

	/**
	 * Returns the status of an answer, or 0 if there is none.
	 */
	int status() {
		return word(1).matches("\\d{3}") ? Integer.parseInt(word(1)) : 0;
	}

	/**
	 * Returns the path of a request.
	 */
	String path() {
		return word(1).split("\\?", 2)[0];
	}

	/**
	 * Returns the names of headers in lower case.
	 */
	Stream<String> names() {
		return (this.block == null) ? Stream.empty()
				: this.block.headers().stream().map((header) -> header.name().toLowerCase(Locale.ROOT));
	}

	List<String> values(String name) {
		return (this.block != null) ? this.block.values(name) : List.of();
	}

	boolean has(String name) {
		return !values(name).isEmpty();
	}

	/**
	 * Returns the first value in lower case, or an empty string.
	 */
	String first(String name) {
		List<String> values = values(name);
		return values.isEmpty() ? "" : values.get(0).toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the value as a number, or -1 if it is none.
	 */
	int number(String name) {
		String value = first(name);
		return value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
	}

	HeaderTokens tokens(String name) {
		return HeaderTokens.of(values(name));
	}

	/**
	 * Returns whether a request is an extended CONNECT (RFC 8441, section 4).
	 */
	boolean isConnect() {
		return first(":protocol").equals("websocket");
	}

	boolean asksForUpgrade() {
		return isConnect() || (tokens("Upgrade").contains("websocket") && tokens("Connection").contains("upgrade"));
	}

	boolean isPage() {
		return first("Content-Type").startsWith("text/html");
	}

	/**
	 * Quotes a header as evidence.
	 */
	String tell(String name) {
		List<String> values = values(name);
		return this.teller + (values.isEmpty() ? " no " + name : " " + name + ": " + String.join(" | ", values));
	}

	/**
	 * Quotes the request line or the status line as evidence.
	 */
	String tell() {
		return this.teller + " " + (isThere() ? line() : "nothing");
	}

}
