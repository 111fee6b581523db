package io.switchgate.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notation for bytes in case files. Lines end with CRLF, and a backslash escapes what
 * cannot be seen. A line that ends with a backslash has no CRLF.
 *
 * @param names values by placeholder, as in {@code {upstream}}
 */
record Notation(Map<String, String> names) {

	private static final Pattern ESCAPE = Pattern.compile("\\\\(x([0-9a-f]{2})|[rnt0\\\\{]|$)|\r\n");

	private static final Pattern REPEAT = Pattern.compile("(?<!\\\\)\\{(\\d+) \\* ((?:[^\\\\}]|\\\\.)*)}");

	private static final Pattern HIDDEN = Pattern.compile("(?s)\r\n|[^ -\\[\\]-~]|\\{(?!\\w+})|(?m:^[#-])|(?m: $)");

	byte[] bytes(String text) {
		String repeated = REPEAT.matcher(text)
			.replaceAll((match) -> Matcher.quoteReplacement(match.group(2).repeat(Integer.parseInt(match.group(1)))));
		for (Map.Entry<String, String> name : this.names.entrySet()) {
			repeated = repeated.replace(name.getKey(), name.getValue());
		}
		String crlf = repeated.replace("\\\n", "").replace("\n", "\r\n");
		String unescaped = ESCAPE.matcher(crlf).replaceAll((match) -> Matcher.quoteReplacement(unescape(match)));
		return unescaped.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static String unescape(MatchResult match) {
		if (match.group(1) == null) {
			return match.group();
		}
		if (match.group(2) != null) {
			return String.valueOf((char) Integer.parseInt(match.group(2), 16));
		}
		return switch (match.group(1)) {
			case "r" -> "\r";
			case "n" -> "\n";
			case "t" -> "\t";
			case "0" -> "\0";
			default -> match.group(1);
		};
	}

	String text(byte[] bytes) {
		String raw = new String(bytes, StandardCharsets.ISO_8859_1);
		for (Map.Entry<String, String> name : this.names.entrySet()) {
			raw = raw.replace(name.getValue(), name.getKey());
		}
		String escaped = HIDDEN.matcher(raw).replaceAll((match) -> Matcher.quoteReplacement(escape(match.group())));
		return escaped.endsWith("\n") ? escaped : escaped + "\\\n";
	}

	private static String escape(String hidden) {
		return switch (hidden) {
			case "\r\n" -> "\n";
			case "\r" -> "\\r";
			case "\n" -> "\\n";
			case "\t" -> "\\t";
			case "\0" -> "\\0";
			case "\\" -> "\\\\";
			case "{" -> "\\{";
			default -> "\\x%02x".formatted((int) hidden.charAt(0));
		};
	}

}
