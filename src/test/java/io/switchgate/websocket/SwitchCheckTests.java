package io.switchgate.websocket;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Handshakes;
import io.switchgate.websocket.SwitchCheck.Violation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that break one rule or more, each line of a header as a value.
 */
class SwitchCheckTests {

	private final Map<String, List<String>> request = new TreeMap<>(
			Map.of("Sec-WebSocket-Key", List.of(Handshakes.KEY), "Sec-WebSocket-Extensions",
					List.of("X-A; b=\",\", x-c", "x-d"), "Sec-WebSocket-Protocol", List.of("Chat, v2", "v3")));

	private final Map<String, List<String>> answer = new TreeMap<>(Map.of("Upgrade", List.of("websocket"), "Connection",
			List.of("Upgrade"), "Sec-WebSocket-Accept", List.of(Handshakes.ACCEPT)));

	private SwitchCheck check() {
		return new SwitchCheck((name) -> this.request.getOrDefault(name, List.of()),
				(name) -> this.answer.getOrDefault(name, List.of()));
	}

	@Test
	void anAnswerThatChoosesNothingIsRight() {
		assertThat(check().first()).isNull();
	}

	@Test
	void offersAreThoseOfAllLines() {
		this.answer.put("Sec-WebSocket-Extensions", List.of("x-a", "X-C; e", "x-d"));
		for (String subprotocol : List.of("Chat", "v2", "v3")) {
			this.answer.put("Sec-WebSocket-Protocol", List.of(subprotocol));
			assertThat(check().first()).isNull();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Upgrade                  | h2c            | UPGRADE
			Upgrade                  | websocket, h2c | UPGRADE
			Connection               | close          | CONNECTION
			Connection               | "upgrade"      | CONNECTION
			Sec-WebSocket-Accept     | ''             | ACCEPT
			Sec-WebSocket-Extensions | x-a, x-b       | EXTENSION_NOT_OFFERED
			Sec-WebSocket-Extensions | b              | EXTENSION_NOT_OFFERED
			Sec-WebSocket-Protocol   | chat           | SUBPROTOCOL_NOT_OFFERED
			Sec-WebSocket-Protocol   | Chat, v2       | SUBPROTOCOL_NOT_OFFERED
			Sec-WebSocket-Protocol   | ''             | SUBPROTOCOL_NOT_OFFERED
			""")
	void saysWhichRuleIsBroken(String name, String value, Violation expected) {
		this.answer.put(name, List.of(value));
		assertThat(check().first()).isEqualTo(expected);
	}

	@Test
	void acceptAndSubprotocolComeOnce() {
		this.answer.put("Sec-WebSocket-Protocol", List.of("v2", "v3"));
		assertThat(check().first()).isEqualTo(Violation.SUBPROTOCOL_DOUBLED);
		this.answer.put("Sec-WebSocket-Accept", List.of(Handshakes.ACCEPT, Handshakes.ACCEPT));
		assertThat(check().first()).isEqualTo(Violation.ACCEPT);
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = "short")
	void whatIsNoKeyIsProvenByNothing(String key) {
		this.request.put("Sec-WebSocket-Key", (key != null) ? List.of(key) : List.of());
		this.answer.put("Sec-WebSocket-Accept", List.of(Handshakes.accept(String.valueOf(key))));
		assertThat(check().first()).isEqualTo(Violation.ACCEPT);
	}

	@Test
	void twoKeysAreNone() {
		this.request.put("Sec-WebSocket-Key", List.of(Handshakes.KEY, Handshakes.KEY));
		assertThat(check().first()).isEqualTo(Violation.ACCEPT);
	}

}
