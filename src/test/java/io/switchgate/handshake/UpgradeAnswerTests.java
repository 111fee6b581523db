package io.switchgate.handshake;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import io.switchgate.fixture.Handshakes;
import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Upstream's side of the handshake rules, as {@link HeaderLines} that make a valid 101
 * another one.
 */
class UpgradeAnswerTests {

	private static final UpgradeRequest REQUEST = request("permessage-deflate; client_max_window_bits, x-a",
			"chat, superchat");

	private static UpgradeRequest request(String extensions, String subprotocols) {
		HttpHeaders headers = new HttpHeaders();
		headers.add("Sec-WebSocket-Key", Handshakes.KEY);
		headers.add("Sec-WebSocket-Extensions", extensions);
		headers.add("Sec-WebSocket-Protocol", subprotocols);
		return new UpgradeRequest(HttpMethod.GET, false, headers);
	}

	private static UpgradeAnswer answer(String lines) {
		DefaultHttpHeaders headers = new DefaultHttpHeaders();
		headers.add("Upgrade", "websocket");
		headers.add("Connection", "Upgrade");
		headers.add("Sec-WebSocket-Accept", Handshakes.ACCEPT);
		HeaderLines.replace(lines, headers::remove, headers::add);
		return new UpgradeAnswer(headers);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Server: uvicorn", "Upgrade: WebSocket", "Upgrade: websocket & Upgrade: websocket",
			"Connection: keep-alive, upgrade", "Connection: keep-alive & Connection: UPGRADE",
			"Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover",
			"Sec-WebSocket-Extensions: X-A & Sec-WebSocket-Extensions: Permessage-Deflate",
			"Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Protocol: superchat" })
	void acceptsWhatWasOffered(String lines) {
		assertThatCode(() -> answer(lines).check(REQUEST)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Upgrade                                                 | Upgrade: absent (expected: websocket)
					Upgrade:                                                | Upgrade:  (expected: websocket)
					Upgrade: h2c                                            | Upgrade: h2c (expected: websocket)
					Upgrade: websocket, h2c                                 | Upgrade: websocket, h2c (expected: websocket)
					Upgrade: h2c & Upgrade: websocket                       | Upgrade: h2c, websocket (expected: websocket)
					Connection                                              | Connection: absent (expected: Upgrade)
					Connection: close                                       | Connection: close (expected: Upgrade)
					Sec-WebSocket-Accept                                    | Sec-WebSocket-Accept: absent (expected: %1$s)
					Sec-WebSocket-Accept:                                   | Sec-WebSocket-Accept:  (expected: %1$s)
					Sec-WebSocket-Accept: x                                 | Sec-WebSocket-Accept: x (expected: %1$s)
					Sec-WebSocket-Accept: S3PPLMBITXAQ9KYGZZHZRBK+XOO=      | Sec-WebSocket-Accept: S3PPLMBITXAQ9KYGZZHZRBK+XOO= (expected: %1$s)
					Sec-WebSocket-Accept: x & Sec-WebSocket-Accept: y       | Sec-WebSocket-Accept: x, y (expected: %1$s)
					Sec-WebSocket-Extensions: x-b                           | Sec-WebSocket-Extensions: x-b (expected: only offered ones)
					Sec-WebSocket-Extensions: x-a, x-b; q=1                 | Sec-WebSocket-Extensions: x-a, x-b; q=1 (expected: only offered ones)
					Sec-WebSocket-Extensions: x-a & Sec-WebSocket-Extensions: x-b | Sec-WebSocket-Extensions: x-a, x-b (expected: only offered ones)
					""")
	void refusesA101ThatBreaksTheHandshake(String lines, String detail) {
		assertRefused(lines, "101 with " + detail.formatted(Handshakes.ACCEPT));
	}

	@Test
	void refusesTheRightAcceptTwice() {
		String line = "Sec-WebSocket-Accept: " + Handshakes.ACCEPT;
		assertRefused(line + " & " + line,
				"101 with " + line + ", " + Handshakes.ACCEPT + " (expected: " + Handshakes.ACCEPT + ")");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sec-WebSocket-Protocol: token.secret", "Sec-WebSocket-Protocol: Chat",
			"Sec-WebSocket-Protocol:", "Sec-WebSocket-Protocol: chat, superchat",
			"Sec-WebSocket-Protocol: chat & Sec-WebSocket-Protocol: superchat",
			"Sec-WebSocket-Protocol: chat & Sec-WebSocket-Protocol: chat" })
	void refusesASubprotocolNotOfferedWithoutRepeatingIt(String lines) {
		assertRefused(lines, "101 with a Sec-WebSocket-Protocol that the client did not offer, or more than one");
	}

	private static void assertRefused(String lines, String detail) {
		assertThatThrownBy(() -> answer(lines).check(REQUEST)).isInstanceOfSatisfying(ProblemException.class,
				(refusal) -> {
					assertThat(refusal.reason()).isEqualTo(ProblemCause.UPSTREAM_ANSWER_INVALID);
					assertThat(refusal.getBody().getDetail()).isEqualTo(detail);
				});
	}

}
