package io.switchgate.journal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hides the subprotocols of one handshake that may be secrets, because a page in a
 * browser can send a token in no other header. A value that is hidden in one head stays
 * hidden in the later ones.
 */
final class Subprotocols {

	private static final Set<String> WELL_KNOWN = Set.of("graphql-transport-ws", "graphql-ws", "mqtt", "mqttv3.1",
			"v10.stomp", "v11.stomp", "v12.stomp", "soap", "wamp", "wamp.2.json", "wamp.2.msgpack", "wamp.2.cbor",
			"sip", "msrp", "xmpp", "amqp", "ocpp1.5", "ocpp1.6", "ocpp2.0", "ocpp2.0.1", "ocpp2.1", "binary", "base64",
			"channel.k8s.io", "v2.channel.k8s.io", "v3.channel.k8s.io", "v4.channel.k8s.io", "v5.channel.k8s.io",
			"binary.k8s.io", "base64.binary.k8s.io", "base64.channel.k8s.io", "portforward.k8s.io", "vite-hmr",
			"vite-ping", "actioncable-v1-json", "actioncable-unsupported", "text.ircv3.net", "binary.ircv3.net");

	/**
	 * Words and short numbers, as in {@code chat}, {@code acme.v2} or
	 * {@code janus-protocol}. A number directly after a word, as in {@code hunter2}, is
	 * rarely a version and often the end of a password.
	 */
	private static final Pattern PLAIN = Pattern.compile("(?=[A-Za-z].{0,30}$)" + "(?:PART[._-])*PART".replace("PART",
			"(?:[a-z]{1,14}|[A-Z]{1,8}|[A-Z][a-z]{1,13}|[a-z]{2,10}(?:[A-Z][a-z]{2,10}){1,2}|[vV]?[0-9]{1,2})"));

	private static final Pattern SECRET = Pattern
		.compile("key|token|secret|auth|bearer|jwt|pass|pwd|cred|session|ticket");

	/**
	 * A name like {@code access_token} or {@code Authorization}, which announces that the
	 * next element is a secret.
	 */
	private static final Pattern NAME = Pattern.compile("[A-Za-z]+(?:[._-][A-Za-z]+)*");

	private final Set<String> hidden = new HashSet<>();

	private boolean secretFollows;

	/**
	 * Starts a head. Its list may span several lines.
	 */
	void begin() {
		this.secretFollows = false;
	}

	/**
	 * Returns a list without what may be a secret.
	 */
	String show(String list) {
		List<String> shown = new ArrayList<>();
		for (String element : list.split(",", -1)) {
			String word = element.strip();
			shown.add(isShown(word) ? word : Redaction.HIDDEN);
		}
		return String.join(", ", shown);
	}

	private boolean isShown(String word) {
		if (word.isEmpty() || WELL_KNOWN.contains(word)) {
			return true;
		}
		boolean secret = SECRET.matcher(word.toLowerCase(Locale.ROOT)).find();
		boolean shown = !secret && !this.secretFollows && PLAIN.matcher(word).matches();
		this.secretFollows = secret && NAME.matcher(word).matches();
		if (shown) {
			return !this.hidden.contains(word);
		}
		this.hidden.add(word);
		return false;
	}

}
