package io.switchgate.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

import io.switchgate.journal.Redaction;
import io.switchgate.websocket.HeaderTokens;

/**
 * What the command was asked for.
 *
 * @param target what to probe
 * @param against what to compare it with, or null
 * @param headers headers to send besides the usual ones, or instead of them; an empty
 * value takes one away
 * @param subprotocols subprotocols to offer
 * @param timeout longest wait of each step
 * @param message message to send, or null for any
 * @param tls how TLS is spoken
 * @param plain whether to send a plain GET in any case
 */
record ProbeOptions(Target target, @Nullable Target against, List<Map.Entry<String, String>> headers,
		List<String> subprotocols, Duration timeout, @Nullable String message, Tls tls, boolean plain) {

	static final String USAGE = """
			probe ws://host[:port]/path [options]
			  --header "Name: value"   sends a header, in place of the probe's own one; "Name:" takes one away; repeatable
			  --subprotocol a,b        offers subprotocols
			  --via host:port          connects to that address; host and path of the URL stay
			  --against ws://...       sends the same directly to the upstream, and says which side is to blame
			  --message text           sends this text, and fails if no message comes back
			  --timeout 10s            longest wait of each step
			  --cacert file            takes certificates that those of this file (PEM) have signed, and no others
			  --insecure               takes any certificate
			  --plain                  asks a plain GET too, whatever the answer to the upgrade
			""";

	private static final Set<String> FLAGS = Set.of("--insecure", "--plain");

	private static final Set<String> VALUED = Set.of("--header", "--subprotocol", "--via", "--against", "--message",
			"--timeout", "--cacert");

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration LONGEST = Duration.ofMinutes(10);

	/**
	 * Characters. Each has at most 3 bytes, and a message at most 65,535.
	 */
	private static final int LONGEST_MESSAGE = 21_845;

	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x08\\x0A-\\x1F\\x7F]*");

	/**
	 * Reads the words after the name of the command.
	 * @throws MisuseException if one of them is not valid
	 */
	static ProbeOptions parse(List<String> words) {
		Arguments arguments = Arguments.of(words, FLAGS, VALUED);
		if (arguments.others().size() != 1) {
			throw new MisuseException("arguments: " + arguments.others().size() + " (expected: one URL, as in "
					+ "probe ws://localhost:8080/ws)");
		}
		String via = arguments.one("--via");
		String against = arguments.one("--against");
		return new ProbeOptions(
				Target.parse("URL", arguments.others().get(0), (via != null) ? Address.parse("--via", via) : null),
				(against != null) ? Target.parse("--against", against, null) : null, headers(arguments),
				subprotocols(arguments), timeout(arguments), message(arguments), tls(arguments),
				arguments.has("--plain"));
	}

	private static List<Map.Entry<String, String>> headers(Arguments arguments) {
		List<Map.Entry<String, String>> headers = new ArrayList<>();
		for (String header : arguments.all("--header")) {
			int colon = header.indexOf(':');
			String name = header.substring(0, Math.max(colon, 0));
			if (!TOKEN.matcher(name).matches() || !VALUE.matcher(header.substring(colon + 1)).matches()) {
				throw new MisuseException("--header: " + (TOKEN.matcher(name).matches() ? name + ": ..." : "no name")
						+ " (expected: \"Name: value\" without control characters)");
			}
			headers.add(Map.entry(name, header.substring(colon + 1).strip()));
		}
		return List.copyOf(headers);
	}

	private static List<String> subprotocols(Arguments arguments) {
		List<String> subprotocols = HeaderTokens.of(arguments.all("--subprotocol")).values();
		for (String subprotocol : subprotocols) {
			if (!TOKEN.matcher(subprotocol).matches()) {
				throw new MisuseException("--subprotocol: " + Printable.of(Redaction.subprotocols(subprotocol))
						+ " (expected: tokens with commas between them)");
			}
		}
		return subprotocols;
	}

	private static Duration timeout(Arguments arguments) {
		String text = Objects.requireNonNullElse(arguments.one("--timeout"), "10s");
		Duration timeout = Duration.ZERO;
		try {
			timeout = DurationStyle.detectAndParse(text);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			// Gets the same message as a number out of range.
		}
		if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
			throw new MisuseException("--timeout: " + Printable.of(text) + " (expected: 1ms to 10m, as in 10s)");
		}
		return timeout;
	}

	private static Tls tls(Arguments arguments) {
		return arguments.has("--insecure") ? Tls.insecure() : Tls.trusting(arguments.one("--cacert"));
	}

	private static @Nullable String message(Arguments arguments) {
		String message = arguments.one("--message");
		if (message != null && message.length() > LONGEST_MESSAGE) {
			throw new MisuseException(
					"--message: " + message.length() + " characters (expected: at most " + LONGEST_MESSAGE + ")");
		}
		return message;
	}

}
