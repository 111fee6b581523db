package io.switchgate.observability;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Log line of names and values: text in a text log, fields in a structured one. Values
 * are escaped, so it is always one line.
 */
final class AccessLine {

	private static final String ABSENT = "-";

	private static final int DELETE = 0x7F;

	/**
	 * Characters, enough for most lines.
	 */
	private static final int LENGTH = 320;

	private final StringBuilder line = new StringBuilder(LENGTH);

	private LoggingEventBuilder event;

	AccessLine(Logger logger) {
		this.event = logger.atInfo();
	}

	AccessLine add(String name, @Nullable Object value) {
		this.line.append(this.line.isEmpty() ? "" : " ").append(name).append('=');
		append((value != null) ? value.toString() : ABSENT);
		if (value != null) {
			this.event = this.event.addKeyValue(name, value);
		}
		return this;
	}

	void write() {
		this.event.log(this.line.toString());
	}

	/**
	 * Quotes a value that is not a single word, and escapes unprintable characters as
	 * nginx does.
	 */
	private void append(String value) {
		if (isWord(value)) {
			this.line.append(value);
			return;
		}
		this.line.append('"');
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (isPlain(c)) {
				this.line.append(c);
			}
			else {
				this.line.append("\\x%02X".formatted((int) c));
			}
		}
		this.line.append('"');
	}

	private static boolean isWord(String value) {
		for (int i = 0; i < value.length(); i++) {
			if (value.charAt(i) == ' ' || !isPlain(value.charAt(i))) {
				return false;
			}
		}
		return !value.isEmpty();
	}

	private static boolean isPlain(char c) {
		return c >= ' ' && c < DELETE && c != '"' && c != '\\';
	}

}
