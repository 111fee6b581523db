package io.switchgate.journal;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides secrets in texts with a URI: a request line, {@code Referer}, {@code Location}, a
 * sentence. Clients choose the text, so nothing here reads a character more than a few
 * times.
 */
final class UriSecrets {

	private static final int LONGEST_NAME = 64;

	private static final int LONGEST_VERSION = " HTTP/1.1".length();

	/**
	 * Begins the parameters of a URI. The encoded forms, which may be encoded several
	 * times, belong to a URI inside a path.
	 */
	private static final Pattern MARK = Pattern.compile("[?#]|(%(?:25)*+)(?:3[fF]|23)");

	private static final Pattern EQUALS = Pattern.compile("=|%(?:25)*+3[dD]");

	private static final Pattern SLASHES = Pattern.compile("(?:/|%(?:25)*+2[fF]){2}");

	private static final Pattern AT = Pattern.compile("@|%(?:25)*+40");

	/**
	 * Up to five parts in base64, the first of which begins a JSON object.
	 */
	private static final Pattern JWT = Pattern.compile("eyJ[\\w-]++(?:\\.[\\w-]*+){0,4}");

	/**
	 * A name of a parameter, but not the beginning of a secret that contains an equals
	 * sign.
	 */
	private static final Pattern NAME = Pattern
		.compile("[$_@]{0,2}[A-Za-z]{1,24}[0-9]{0,2}(?:[._\\[\\]-]+(?:[A-Za-z]{1,24}[0-9]{0,2}|[0-9]{1,2}))*[\\[\\]]*");

	private final Set<String> shownParameters;

	/**
	 * Handles a URI in the value of a shown parameter. It shows no parameters itself,
	 * which limits the nesting.
	 */
	private final UriSecrets nested;

	UriSecrets(Set<String> shownParameters) {
		this.shownParameters = shownParameters;
		this.nested = shownParameters.isEmpty() ? this : new UriSecrets(Set.of());
	}

	/**
	 * Hides user and password, the values of parameters, and what else may be a secret in
	 * a text.
	 */
	String hide(String text) {
		if (!mayHoldOne(text)) {
			return text;
		}
		int version = text.lastIndexOf(" HTTP/");
		int end = (version != -1 && text.length() - version <= LONGEST_VERSION) ? version : text.length();
		StringBuilder shown = new StringBuilder(text.length());
		hide(text.substring(0, end), shown);
		return shown.append(text, end, text.length()).toString();
	}

	private static boolean mayHoldOne(String text) {
		for (int i = 0; i < text.length(); i++) {
			switch (text.charAt(i)) {
				case '?', '#', '=', '%', '@' -> {
					return true;
				}
				default -> {
					// Keep looking.
				}
			}
		}
		return text.contains("eyJ");
	}

	private void hide(String text, StringBuilder shown) {
		Matcher mark = MARK.matcher(text);
		if (!mark.find()) {
			shown.append(hideInPath(hideUser(text, "")));
			return;
		}
		String rest = text.substring(mark.end());
		shown.append(hideInPath(hideUser(text.substring(0, mark.start()), rest))).append(mark.group());
		if (mark.group(1) == null) {
			parameters(rest, "&", "=", shown);
			return;
		}
		int end = 0;
		while (end < rest.length() && rest.charAt(end) != '?' && rest.charAt(end) != '#') {
			end++;
		}
		parameters(rest.substring(0, end), mark.group(1) + "26", mark.group(1) + "3d", shown);
		hide(rest.substring(end), shown);
	}

	/**
	 * Appends parameters without their values. A part without a name may be a secret, so
	 * it is hidden as a whole. Encoded parameters extend to the end of the path, because
	 * some clients encode everything but its slashes.
	 */
	private void parameters(String text, String separator, String equals, StringBuilder shown) {
		int start = 0;
		while (start <= text.length()) {
			int next = text.indexOf(separator, start);
			int end = (next != -1) ? next : text.length();
			parameter(text.substring(start, end), equals, shown);
			if (next == -1) {
				return;
			}
			shown.append(separator);
			start = next + separator.length();
		}
	}

	private void parameter(String text, String equals, StringBuilder shown) {
		int sign = indexOf(text, equals);
		String name = text.substring(0, Math.max(sign, 0));
		if (sign != -1 && this.shownParameters.contains(name)) {
			String value = text.substring(sign + equals.length());
			shown.append(name).append(text, sign, sign + equals.length());
			this.nested.hide(value, shown);
		}
		else if (sign != -1) {
			shown.append(isName(name) ? name : Redaction.HIDDEN)
				.append(text, sign, sign + equals.length())
				.append(Redaction.HIDDEN);
		}
		else {
			shown.append(text.isEmpty() ? text : Redaction.HIDDEN);
		}
	}

	/**
	 * Finds an equals sign, whose encoded form may have hexadecimal digits in either
	 * case.
	 */
	private static int indexOf(String text, String equals) {
		int lower = text.indexOf(equals);
		if (equals.length() == 1) {
			return lower;
		}
		int upper = text.indexOf(equals.substring(0, equals.length() - 1) + "D");
		return (lower == -1 || upper == -1) ? Math.max(lower, upper) : Math.min(lower, upper);
	}

	private static boolean isName(String name) {
		return name.isEmpty() || (name.length() <= LONGEST_NAME && NAME.matcher(name).matches());
	}

	private static String hideInPath(String text) {
		String shown = hidePairs(text);
		return shown.contains("eyJ") ? JWT.matcher(shown).replaceAll(Redaction.HIDDEN) : shown;
	}

	/**
	 * Hides user and password. If the password contains a question mark or a hash, it
	 * continues in the rest of the text.
	 */
	private static String hideUser(String text, String rest) {
		Matcher slashes = SLASHES.matcher(text);
		if (!slashes.find()) {
			return text;
		}
		int user = slashes.end();
		if (text.indexOf('/', user) == -1 && AT.matcher(rest).find()) {
			return text.substring(0, user) + Redaction.HIDDEN;
		}
		Matcher at = AT.matcher(text).region(user, text.length());
		int end = user;
		while (at.find()) {
			end = at.start();
		}
		return (end > user) ? text.substring(0, user) + Redaction.HIDDEN + text.substring(end) : text;
	}

	/**
	 * Hides the value after the name of a secret, as in {@code ;jsessionid=1}.
	 */
	private static String hidePairs(String text) {
		Matcher equals = EQUALS.matcher(text);
		StringBuilder shown = new StringBuilder();
		int end = 0;
		int name = 0;
		while (equals.find()) {
			if (equals.start() >= end && SecretNames.isParameter(nameBefore(text, equals.start(), name))) {
				shown.append(text, end, equals.end()).append(Redaction.HIDDEN);
				end = valueEnd(text, equals.end());
			}
			name = Math.max(end, equals.end());
		}
		return shown.append(text, end, text.length()).toString();
	}

	private static String nameBefore(String text, int end, int first) {
		int start = end;
		while (start > first && end - start < LONGEST_NAME && isPartOfName(text.charAt(start - 1))) {
			start--;
		}
		return text.substring(start, end);
	}

	private static boolean isPartOfName(char c) {
		return Character.isLetterOrDigit(c) || "._-~%".indexOf(c) != -1;
	}

	/**
	 * Returns the end of a value. A slash does not end it, because base64 has slashes.
	 */
	private static int valueEnd(String text, int start) {
		if (start < text.length() && text.charAt(start) == '"') {
			int quote = text.indexOf('"', start + 1);
			return (quote != -1) ? quote + 1 : text.length();
		}
		int end = start;
		while (end < text.length() && ";& ".indexOf(text.charAt(end)) == -1) {
			end++;
		}
		return end;
	}

}
