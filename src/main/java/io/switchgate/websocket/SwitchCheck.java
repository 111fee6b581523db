package io.switchgate.websocket;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What a client checks in a 101 (RFC 6455, section 4.1, client requirements 2 to 6).
 *
 * @param request finds the values of a header of the request, by its name in any case
 * @param answer finds those of the answer
 */
public record SwitchCheck(Function<String, List<String>> request, Function<String, List<String>> answer) {

	private static final List<Violation> VIOLATIONS = List.of(Violation.values());

	public @Nullable Violation first() {
		for (Violation violation : VIOLATIONS) {
			if (has(violation)) {
				return violation;
			}
		}
		return null;
	}

	public boolean has(Violation violation) {
		return switch (violation) {
			case UPGRADE -> !HeaderTokens.of(this.answer.apply("Upgrade")).containsOnly("websocket");
			case CONNECTION -> !HeaderTokens.of(this.answer.apply("Connection")).contains("upgrade");
			case ACCEPT -> !isProven();
			case EXTENSION_NOT_OFFERED -> !areExtensionsOffered();
			case SUBPROTOCOL_NOT_OFFERED -> !isSubprotocolOffered();
			case SUBPROTOCOL_DOUBLED -> subprotocols().size() > 1;
		};
	}

	private boolean isProven() {
		SecWebSocketKey key = SecWebSocketKey.of(this.request.apply(SecWebSocketHeaders.KEY));
		return key != null && this.answer.apply(SecWebSocketHeaders.ACCEPT).equals(List.of(key.accept()));
	}

	/**
	 * Returns whether all extensions of the answer were offered. Most answers have none,
	 * and then the offer need not be read.
	 */
	private boolean areExtensionsOffered() {
		List<String> chosen = HeaderTokens.of(this.answer.apply(SecWebSocketHeaders.EXTENSIONS)).names();
		return chosen.isEmpty()
				|| HeaderTokens.of(this.request.apply(SecWebSocketHeaders.EXTENSIONS)).names().containsAll(chosen);
	}

	private boolean isSubprotocolOffered() {
		List<String> chosen = subprotocols();
		return chosen.isEmpty()
				|| HeaderTokens.of(this.request.apply(SecWebSocketHeaders.PROTOCOL)).values().containsAll(chosen);
	}

	/**
	 * Returns whole values, because an answer names only one subprotocol and has no list
	 * (RFC 6455, section 11.3.4).
	 */
	private List<String> subprotocols() {
		return this.answer.apply(SecWebSocketHeaders.PROTOCOL);
	}

	/**
	 * Rules that an answer may break, in the order of the RFC's section. They carry no
	 * values, because a subprotocol may be a token, which no message may repeat.
	 */
	public enum Violation {

		/**
		 * {@code Upgrade} is not {@code websocket} and nothing else.
		 */
		UPGRADE,

		/**
		 * {@code Connection} has no {@code Upgrade}.
		 */
		CONNECTION,

		/**
		 * {@code Sec-WebSocket-Accept} does not prove the key, or there is no valid key.
		 */
		ACCEPT,

		/**
		 * {@code Sec-WebSocket-Extensions} has one that was not offered.
		 */
		EXTENSION_NOT_OFFERED,

		/**
		 * {@code Sec-WebSocket-Protocol} is not among those offered.
		 */
		SUBPROTOCOL_NOT_OFFERED,

		/**
		 * {@code Sec-WebSocket-Protocol} is there more than once.
		 */
		SUBPROTOCOL_DOUBLED

	}

}
