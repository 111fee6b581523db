package io.switchgate.handshake;

import java.util.List;

import io.netty.handler.codec.http.HttpHeaders;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.websocket.HeaderTokens;
import io.switchgate.websocket.SecWebSocketHeaders;
import io.switchgate.websocket.SwitchCheck;
import io.switchgate.websocket.SwitchCheck.Violation;

/**
 * The upstream's 101.
 *
 * @param headers headers of the answer
 */
record UpgradeAnswer(HttpHeaders headers) {

	private static final List<String> OF_UPGRADES = List.of("Upgrade", SecWebSocketHeaders.ACCEPT,
			SecWebSocketHeaders.EXTENSIONS, SecWebSocketHeaders.PROTOCOL);

	/**
	 * Checks the answer against what the client offered.
	 * @param request the client's handshake
	 * @throws ProblemException if the answer breaks a rule
	 */
	void check(UpgradeRequest request) {
		Violation violation = new SwitchCheck(request.headers()::getOrEmpty, this.headers::getAll).first();
		if (violation != null) {
			throw new ProblemException(ProblemCause.UPSTREAM_ANSWER_INVALID, "101 with " + switch (violation) {
				case UPGRADE -> describe("Upgrade", "websocket");
				case CONNECTION -> describe("Connection", "Upgrade");
				case ACCEPT -> describe(SecWebSocketHeaders.ACCEPT, request.key().accept());
				case EXTENSION_NOT_OFFERED -> describe(SecWebSocketHeaders.EXTENSIONS, "only offered ones");
				// Leave out the value, because clients put tokens here.
				case SUBPROTOCOL_NOT_OFFERED, SUBPROTOCOL_DOUBLED ->
					"a Sec-WebSocket-Protocol that the client did not offer, or more than one";
			});
		}
	}

	/**
	 * Removes headers that only a 101 may have.
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

	private String describe(String name, String expected) {
		List<String> values = this.headers.getAll(name);
		return name + ": " + (values.isEmpty() ? "absent" : String.join(", ", values)) + " (expected: " + expected
				+ ")";
	}

}
