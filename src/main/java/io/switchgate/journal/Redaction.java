package io.switchgate.journal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.switchgate.websocket.SecWebSocketHeaders;

/**
 * Removes secrets from heads before they are kept, and limits their length. A secret is
 * replaced by {@value #HIDDEN}.
 */
public final class Redaction {

	/**
	 * Stands for a secret.
	 */
	public static final String HIDDEN = "(hidden)";

	private static final String CUT = "...";

	private static final int MOST_HEADERS = 64;

	private static final int LONGEST_NAME = 128;

	private static final int LONGEST_VALUE = 512;

	private static final int LONGEST_LINE = 1024;

	private static final int ESCAPE = "%20".length();

	private static final Pattern CREDENTIALS = Pattern.compile("(?i)(?:Basic|Bearer|Digest|Negotiate|Token) .*");

	private final SecretNames names;

	private final UriSecrets uris;

	Redaction(JournalProperties properties) {
		this.names = new SecretNames(properties.secretHeaders());
		this.uris = new UriSecrets(Set.copyOf(properties.shownParameters()));
	}

	/**
	 * Returns a redaction with default settings, which hides everything that may be a
	 * secret.
	 */
	public static Redaction standard() {
		return new Redaction(new JournalProperties(0, List.of(), List.of()));
	}

	/**
	 * Returns a URI, or a sentence with one, without secrets.
	 * @param text a URI, valid or not, or a sentence
	 * @return text without user and password, values of parameters, and values whose
	 * names say that they are secrets
	 */
	public String uri(String text) {
		return cut(this.uris.hide(text), LONGEST_LINE);
	}

	/**
	 * Returns a head without secrets.
	 * @param line request line or status line
	 */
	public HeaderBlock block(String line, Iterable<Map.Entry<String, String>> headers) {
		return block(line, headers, new HeaderBlock.Writer(), new Subprotocols());
	}

	HeaderBlock block(String line, Iterable<Map.Entry<String, String>> headers, HeaderBlock.Writer writer,
			Subprotocols subprotocols) {
		writer.begin(uri(line));
		subprotocols.begin();
		int kept = 0;
		for (Map.Entry<String, String> header : headers) {
			if (kept++ == MOST_HEADERS) {
				writer.add(CUT, "");
				break;
			}
			writer.add(cut(header.getKey(), LONGEST_NAME), header(header.getKey(), header.getValue(), subprotocols));
		}
		return writer.end();
	}

	/**
	 * Returns the value of a header without secrets.
	 */
	public String header(String name, String value) {
		return header(name, value, new Subprotocols());
	}

	String header(String name, String value, Subprotocols subprotocols) {
		if (SecWebSocketHeaders.PROTOCOL.equalsIgnoreCase(name)) {
			return subprotocols.show(cut(value, LONGEST_VALUE));
		}
		if (SecWebSocketHeaders.KEY.equalsIgnoreCase(name) || SecWebSocketHeaders.ACCEPT.equalsIgnoreCase(name)) {
			// A nonce and its digest are random, so they may look like a secret by
			// chance.
			return cut(value, LONGEST_VALUE);
		}
		if (this.names.isHeader(name) || CREDENTIALS.matcher(value).matches()) {
			return value.isEmpty() ? value : HIDDEN;
		}
		return cut(this.uris.hide(value), LONGEST_VALUE);
	}

	/**
	 * Returns subprotocols without those that may be tokens.
	 */
	public static String subprotocols(String value) {
		return new Subprotocols().show(cut(value, LONGEST_VALUE));
	}

	/**
	 * Cuts a text. It does not cut inside a percent escape, so that a URI remains one.
	 */
	private static String cut(String text, int longest) {
		if (text.length() <= longest) {
			return text;
		}
		int escape = text.lastIndexOf('%', longest - 1);
		return text.substring(0, (escape > longest - ESCAPE) ? escape : longest) + CUT;
	}

}
