package io.switchgate.observability;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.KeyValuePair;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Line of names and values: words in a text log, fields in a structured one. It is one
 * line whatever the values hold.
 */
final class AccessLine {

	private static final String ABSENT = "-";

	private static final int DELETE = 0x7F;

	/**
	 * Enough for most lines.
	 */
	private static final int LENGTH = 320;

	private final List<KeyValuePair> fields = new ArrayList<>();

	AccessLine add(String name, @Nullable Object value) {
		this.fields.add(new KeyValuePair(name, value));
		return this;
	}

	void writeTo(Logger logger) {
		LoggingEventBuilder event = logger.atInfo();
		StringBuilder line = new StringBuilder(LENGTH);
		for (KeyValuePair field : this.fields) {
			line.append(line.isEmpty() ? "" : " ").append(field.key).append('=');
			append(line, Objects.requireNonNullElse(field.value, ABSENT).toString());
			if (field.value != null) {
				event = event.addKeyValue(field.key, field.value);
			}
		}
		event.log(line.toString());
	}

	/**
	 * Quotes a value that is no word, and escapes what is not printable as nginx does.
	 */
	private static void append(StringBuilder line, String value) {
		if (isWord(value)) {
			line.append(value);
			return;
		}
		line.append('"');
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (isPlain(c)) {
				line.append(c);
			}
			else {
				line.append("\\x%02X".formatted((int) c));
			}
		}
		line.append('"');
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
