package io.switchgate.journal;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Tells from its name whether a header or a parameter holds a secret.
 */
final class SecretNames {

	private static final int SHORTEST = "key".length();

	private static final int LONGEST_KNOWN = 128;

	private static final int MOST_KNOWN = 1000;

	/**
	 * Headers with secrets whose names do not tell.
	 */
	private static final Set<String> HEADERS = Set.of("x-forwarded-client-cert", "ssl-client-cert", "x-amzn-oidc-data");

	/**
	 * Words in names of secrets, as in {@code X-Api-Key}, {@code access_token} or
	 * {@code jsessionid}. The word "key" counts at the end of a name or of one of its
	 * parts: {@code X-Monkey} is hidden as well, {@code X-Keyboard} is not.
	 */
	private static final Pattern WORDS = Pattern.compile(
			"token|secret|passw|passphrase|passcode|pwd|credential|sess(?:ion|id)|signature|cookie|csrf|xsrf|bearer|jwt"
					+ "|assertion|ticket|x-api-|auth(?!ority)|key(?![a-z])|(?:^|[^a-z])(?:pass|otp|sig|sid)(?![a-z])");

	private final Set<String> headers = new HashSet<>(HEADERS);

	private final Map<String, Boolean> knownHeaders = new ConcurrentHashMap<>();

	SecretNames(Collection<String> furtherHeaders) {
		furtherHeaders.forEach((name) -> this.headers.add(name.toLowerCase(Locale.ROOT)));
	}

	/**
	 * Returns whether the value of a header is a secret. Results are cached for a limited
	 * number of names, because clients can invent more.
	 */
	boolean isHeader(String name) {
		Boolean known = this.knownHeaders.get(name);
		if (known != null) {
			return known;
		}
		String lowerCase = name.toLowerCase(Locale.ROOT);
		boolean secret = !lowerCase.startsWith("sec-websocket-")
				&& (this.headers.contains(lowerCase) || WORDS.matcher(lowerCase).find());
		if (name.length() <= LONGEST_KNOWN && this.knownHeaders.size() < MOST_KNOWN) {
			this.knownHeaders.put(name, secret);
		}
		return secret;
	}

	/**
	 * Returns whether the value of a parameter is a secret.
	 */
	static boolean isParameter(String name) {
		return name.length() >= SHORTEST && WORDS.matcher(name.toLowerCase(Locale.ROOT)).find();
	}

}
