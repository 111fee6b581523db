package io.switchgate.journal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import io.switchgate.websocket.SecWebSocketHeaders;

/**
 * Takes secrets out of heads before anybody keeps them, and bounds what is kept. What
 * remains of a secret is {@value #HIDDEN}.
 */
public final class Redaction {

	/**
	 * Stands for a secret.
	 */
	public static final String HIDDEN = "(hidden)";

	private static final String CUT = "...";

	private static final int MOST_HEADERS = 64;

	private static final int LONGEST_NAME = 128;

	private static final int MOST_KNOWN = 1000;

	private static final int LONGEST_VALUE = 512;

	private static final int LONGEST_LINE = 1024;

	private static final int LONGEST_VERSION = " HTTP/1.1".length();

	private static final Set<String> SECRET_HEADERS = Set.of("authorization", "proxy-authorization",
			"authentication-info", "proxy-authentication-info", "cookie", "set-cookie", "cookie2", "set-cookie2",
			"x-forwarded-client-cert", "ssl-client-cert", "x-amzn-oidc-data", "cf-access-jwt-assertion");

	/**
	 * Words in names of headers that are made up, as in {@code X-Api-Key}.
	 */
	private static final Pattern SECRET_NAME = Pattern
		.compile("token|secret|password|credential|session|signature|api-?key|auth(?!ority)|jwt");

	/**
	 * Words with a short number at most, as in {@code graphql-transport-ws},
	 * {@code v12.stomp} or {@code v4.channel.k8s.io}. Some clients offer a token as a
	 * subprotocol, because browsers let them send nothing else.
	 */
	private static final Pattern SUBPROTOCOL = Pattern
		.compile("(?=.{1,31}$)[A-Za-z]{0,14}[0-9]{0,4}[a-z]?([._-][A-Za-z]{0,14}[0-9]{0,4}[a-z]?)*");

	private final Map<String, Boolean> knownHeaders = new ConcurrentHashMap<>();

	private final Set<String> shownParameters;

	private final Set<String> secretHeaders = new HashSet<>(SECRET_HEADERS);

	Redaction(JournalProperties properties) {
		this.shownParameters = Set.copyOf(properties.shownParameters());
		properties.secretHeaders().forEach((name) -> this.secretHeaders.add(name.toLowerCase(Locale.ROOT)));
	}

	/**
	 * Returns what hides everything that may be a secret, for those who have no
	 * properties.
	 * @return redaction
	 */
	public static Redaction standard() {
		return new Redaction(new JournalProperties(0, List.of(), List.of()));
	}

	/**
	 * Returns a URI without secrets.
	 * @param uri text of the URI, whether it is a good one or not
	 * @return text without user, password and values of parameters
	 */
	public String uri(String uri) {
		return cut(hideParameters(uri), LONGEST_LINE);
	}

	/**
	 * Returns a head without secrets.
	 * @param line request line or status line
	 * @param headers headers
	 * @return head
	 */
	public HeaderBlock block(String line, Iterable<Map.Entry<String, String>> headers) {
		return block(line, headers, new HeaderBlock.Writer());
	}

	HeaderBlock block(String line, Iterable<Map.Entry<String, String>> headers, HeaderBlock.Writer writer) {
		writer.begin(cut(hideParameters(line), LONGEST_LINE));
		int kept = 0;
		for (Map.Entry<String, String> header : headers) {
			if (kept++ == MOST_HEADERS) {
				writer.add(CUT, "");
				break;
			}
			writer.add(cut(header.getKey(), LONGEST_NAME), header(header.getKey(), header.getValue()));
		}
		return writer.end();
	}

	/**
	 * Returns the value of a header without secrets.
	 * @param name name of the header
	 * @param value value
	 * @return value
	 */
	public String header(String name, String value) {
		if (SecWebSocketHeaders.PROTOCOL.equalsIgnoreCase(name)) {
			return subprotocols(value);
		}
		if (isSecret(name)) {
			return value.isEmpty() ? value : HIDDEN;
		}
		return cut(hideParameters(value), LONGEST_VALUE);
	}

	/**
	 * Returns whether the value of a header is a secret, which is remembered for the
	 * first names only: clients make some up.
	 */
	private boolean isSecret(String name) {
		Boolean known = this.knownHeaders.get(name);
		if (known != null) {
			return known;
		}
		String lowerCase = name.toLowerCase(Locale.ROOT);
		boolean secret = !lowerCase.startsWith("sec-websocket-")
				&& (this.secretHeaders.contains(lowerCase) || SECRET_NAME.matcher(lowerCase).find());
		if (name.length() <= LONGEST_NAME && this.knownHeaders.size() < MOST_KNOWN) {
			this.knownHeaders.put(name, secret);
		}
		return secret;
	}

	/**
	 * Returns subprotocols without those that may be tokens.
	 * @param value list of subprotocols
	 * @return list
	 */
	public static String subprotocols(String value) {
		List<String> shown = new ArrayList<>();
		for (String token : cut(value, LONGEST_VALUE).split(",", -1)) {
			String word = token.strip();
			shown.add((word.isEmpty() || SUBPROTOCOL.matcher(word).matches()) ? word : HIDDEN);
		}
		return String.join(", ", shown);
	}

	/**
	 * Hides the values of query parameters, and of those of a fragment, and user and
	 * password, in whatever holds a URI: a request line, {@code Referer},
	 * {@code Location}.
	 */
	private String hideParameters(String text) {
		int end = 0;
		while (end < text.length() && text.charAt(end) != '?' && text.charAt(end) != '#') {
			end++;
		}
		return (end == text.length()) ? hideUser(text)
				: hideUser(text.substring(0, end)) + text.charAt(end) + parameters(text.substring(end + 1));
	}

	private static String hideUser(String text) {
		int authority = text.indexOf("//");
		int at = (authority != -1) ? text.lastIndexOf('@') : -1;
		return (at > authority) ? text.substring(0, authority) + "//" + HIDDEN + text.substring(at) : text;
	}

	/**
	 * A query ends with a space in a request line, and never in a header; each part of it
	 * that has no name may be a secret as a whole.
	 */
	private String parameters(String query) {
		int version = query.lastIndexOf(" HTTP/");
		int end = (query.length() - version <= LONGEST_VERSION) ? version : -1;
		StringBuilder shown = new StringBuilder();
		for (String parameter : ((end != -1) ? query.substring(0, end) : query).split("&", -1)) {
			int equals = parameter.indexOf('=');
			String name = (equals != -1) ? parameter.substring(0, equals) : "";
			boolean isShown = parameter.isEmpty() || this.shownParameters.contains(name);
			shown.append((shown.length() > 0) ? "&" : "")
				.append(isShown ? parameter : (equals != -1) ? name + "=" + HIDDEN : HIDDEN);
		}
		return shown + ((end != -1) ? query.substring(end) : "");
	}

	private static String cut(String text, int longest) {
		return (text.length() <= longest) ? text : text.substring(0, longest) + CUT;
	}

}
