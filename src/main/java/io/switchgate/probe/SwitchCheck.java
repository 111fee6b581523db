package io.switchgate.probe;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.switchgate.websocket.HeaderTokens;
import io.switchgate.websocket.SecWebSocketHeaders;
import io.switchgate.websocket.SecWebSocketKey;

/**
 * What a client checks in a 101 (RFC 6455, section 4.1, client requirements 2 to 6).
 *
 * @param request what was asked
 * @param answer 101
 */
record SwitchCheck(Head request, Head answer) {

	/**
	 * Returns what is wrong, without values that may be secrets.
	 * @return sentence without a full stop, or null if nothing is
	 */
	@Nullable String complaint() {
		if (!tokens(this.answer, "Upgrade").containsOnly("websocket")) {
			return "101 without Upgrade: websocket, or with another";
		}
		if (!tokens(this.answer, "Connection").contains("upgrade")) {
			return "101 without Connection: Upgrade";
		}
		if (!isProven()) {
			return "101 whose Sec-WebSocket-Accept is missing, or does not belong to the key";
		}
		if (!tokens(this.request, SecWebSocketHeaders.EXTENSIONS).names()
			.containsAll(tokens(this.answer, SecWebSocketHeaders.EXTENSIONS).names())) {
			return "101 with an extension that was not offered";
		}
		List<String> chosen = values(this.answer, SecWebSocketHeaders.PROTOCOL);
		List<String> offered = tokens(this.request, SecWebSocketHeaders.PROTOCOL).values();
		if (chosen.size() > 1 || !offered.containsAll(chosen)) {
			return "101 with a subprotocol that was not offered, or more than one";
		}
		return (chosen.isEmpty() && !offered.isEmpty())
				? "101 with none of the offered subprotocols, which browsers do not take" : null;
	}

	private boolean isProven() {
		List<String> keys = values(this.request, SecWebSocketHeaders.KEY);
		List<String> accepts = values(this.answer, SecWebSocketHeaders.ACCEPT);
		return keys.size() == 1 && SecWebSocketKey.isValid(keys.get(0))
				&& accepts.equals(List.of(new SecWebSocketKey(keys.get(0)).accept()));
	}

	private static HeaderTokens tokens(Head head, String name) {
		return HeaderTokens.of(values(head, name));
	}

	private static List<String> values(Head head, String name) {
		return head.headers()
			.stream()
			.filter((header) -> header.getKey().equalsIgnoreCase(name))
			.map(Map.Entry::getValue)
			.toList();
	}

}
