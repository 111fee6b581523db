package io.switchgate.handshake;

import java.util.List;

import io.netty.handler.codec.http.HttpHeaders;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.websocket.HeaderTokens;
import io.switchgate.websocket.SecWebSocketHeaders;

/**
 * Upstream's 101 (RFC 6455, section 4.1, client requirements 2 to 6).
 *
 * @param headers headers of the answer
 */
record UpgradeAnswer(HttpHeaders headers) {

	private static final List<String> OF_UPGRADES = List.of("Upgrade", SecWebSocketHeaders.ACCEPT,
			SecWebSocketHeaders.EXTENSIONS, SecWebSocketHeaders.PROTOCOL);

	/**
	 * Checks the answer against what the client offered.
	 * @param request client's side
	 * @throws ProblemException if the answer breaks a rule
	 */
	void check(UpgradeRequest request) {
		if (!tokens("Upgrade").containsOnly("websocket")) {
			throw invalid("Upgrade", "websocket");
		}
		if (!tokens("Connection").contains("upgrade")) {
			throw invalid("Connection", "Upgrade");
		}
		String accept = request.key().accept();
		if (!this.headers.getAll(SecWebSocketHeaders.ACCEPT).equals(List.of(accept))) {
			throw invalid(SecWebSocketHeaders.ACCEPT, accept);
		}
		List<String> extensions = tokens(SecWebSocketHeaders.EXTENSIONS).names();
		if (!extensions.isEmpty() && !request.extensions().containsAll(extensions)) {
			throw invalid(SecWebSocketHeaders.EXTENSIONS, "only offered ones");
		}
		List<String> subprotocols = this.headers.getAll(SecWebSocketHeaders.PROTOCOL);
		if (subprotocols.size() > 1 || (!subprotocols.isEmpty() && !request.subprotocols().containsAll(subprotocols))) {
			// The value stays out: clients put tokens here.
			throw new ProblemException(ProblemCause.UPSTREAM_ANSWER_INVALID,
					"101 with a Sec-WebSocket-Protocol that the client did not offer, or more than one");
		}
	}

	/**
	 * Removes from an answer what only a 101 has.
	 */
	static void removeFrom(org.springframework.http.HttpHeaders answer) {
		OF_UPGRADES.forEach(answer::remove);
		HeaderTokens connection = HeaderTokens.of(answer.getOrEmpty("Connection"));
		if (connection.contains("upgrade")) {
			answer.remove("Connection");
			connection.values()
				.stream()
				.filter((option) -> !option.equalsIgnoreCase("upgrade"))
				.forEach((option) -> answer.add("Connection", option));
		}
	}

	private ProblemException invalid(String name, String expected) {
		List<String> values = this.headers.getAll(name);
		return new ProblemException(ProblemCause.UPSTREAM_ANSWER_INVALID, "101 with " + name + ": "
				+ (values.isEmpty() ? "absent" : String.join(", ", values)) + " (expected: " + expected + ")");
	}

	private HeaderTokens tokens(String name) {
		return HeaderTokens.of(this.headers.getAll(name));
	}

}
