package io.switchgate.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Members of a list-based header over all its lines, in order, without surrounding white
 * space (RFC 9110, section 5.6.1).
 *
 * @param values members; parameters stay with their member
 */
public record HeaderTokens(List<String> values) {

	private static final HeaderTokens NONE = new HeaderTokens(List.of());

	public static HeaderTokens of(List<String> lines) {
		if (lines.isEmpty()) {
			return NONE;
		}
		if (lines.size() == 1 && lines.get(0).indexOf(',') == -1) {
			String only = lines.get(0).strip();
			return only.isEmpty() ? NONE : new HeaderTokens(List.of(only));
		}
		List<String> values = new ArrayList<>();
		lines.forEach((line) -> split(line, values));
		return new HeaderTokens(List.copyOf(values));
	}

	private static void split(String line, List<String> values) {
		int start = 0;
		boolean quoted = false;
		for (int i = 0; i < line.length(); i++) {
			char c = line.charAt(i);
			if (quoted && c == '\\') {
				i++;
			}
			else if (c == '"') {
				quoted = !quoted;
			}
			else if (c == ',' && !quoted) {
				add(line.substring(start, i), values);
				start = i + 1;
			}
		}
		add(line.substring(start), values);
	}

	private static void add(String member, List<String> values) {
		String value = member.strip();
		if (!value.isEmpty()) {
			values.add(value);
		}
	}

	/**
	 * Returns whether a member equals the token in any case.
	 */
	public boolean contains(String token) {
		for (String value : this.values) {
			if (token.equalsIgnoreCase(value)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns whether there are members and each equals the token in any case.
	 */
	public boolean containsOnly(String token) {
		for (String value : this.values) {
			if (!token.equalsIgnoreCase(value)) {
				return false;
			}
		}
		return !this.values.isEmpty();
	}

	/**
	 * Returns the members in lower case without their parameters, as in
	 * {@code permessage-deflate; client_max_window_bits}.
	 */
	public List<String> names() {
		List<String> names = new ArrayList<>(this.values.size());
		for (String value : this.values) {
			int parameters = value.indexOf(';');
			String name = (parameters != -1) ? value.substring(0, parameters).strip() : value;
			names.add(name.toLowerCase(Locale.ROOT));
		}
		return names;
	}

}
