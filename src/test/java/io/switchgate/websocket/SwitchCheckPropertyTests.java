package io.switchgate.websocket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.RandomText;
import io.switchgate.fixture.Seeds;
import io.switchgate.websocket.SwitchCheck.Violation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for any offer, and for the answer of a server that keeps RFC 6455, section
 * 4.2.2, until one header of it is another.
 */
class SwitchCheckPropertyTests {

	private static final int ROUNDS = 10_000;

	private static final List<String> NAMES = List.of("a", "B", "permessage-deflate", "x-\u00e9", "v1.chat");

	private static final List<String> PARAMETERS = List.of("", "; q", " ;q=\"1,2\"", ";b;c=d");

	private static final List<String> ODD = List.of("", " ", ",", "\"", "websocket", "WEBSOCKET", "h2c", "upgrade",
			"close, Upgrade", "not-offered", "a", "b", "a, a", Handshakes.KEY, Handshakes.ACCEPT);

	private static String key(Random random) {
		byte[] nonce = new byte[16];
		random.nextBytes(nonce);
		return Base64.getEncoder().encodeToString(nonce);
	}

	@Test
	void whatAServerMayAnswerIsRight() {
		Seeds.forEach(ROUNDS, (random) -> {
			Handshake handshake = new Handshake(random);
			assertThat(handshake.violations()).as("%s", handshake).isEmpty();
			assertThat(handshake.check().first()).isNull();
		});
	}

	@Test
	void aHeaderBreaksItsOwnRuleOnly() {
		Seeds.forEach(ROUNDS, (random) -> {
			Handshake handshake = new Handshake(random);
			String name = handshake.text.any(List.copyOf(handshake.answer.keySet()));
			handshake.answer.put(name,
					Stream.generate(() -> handshake.text.any(ODD)).limit(random.nextInt(3)).toList());
			assertThat(of(name)).as("%s", handshake).containsAll(handshake.violations());
		});
	}

	private static List<Violation> of(String name) {
		return switch (name) {
			case "Upgrade" -> List.of(Violation.UPGRADE);
			case "Connection" -> List.of(Violation.CONNECTION);
			case "Sec-WebSocket-Accept" -> List.of(Violation.ACCEPT);
			case "Sec-WebSocket-Extensions" -> List.of(Violation.EXTENSION_NOT_OFFERED);
			default -> List.of(Violation.SUBPROTOCOL_NOT_OFFERED, Violation.SUBPROTOCOL_DOUBLED);
		};
	}

	@Test
	void whatIsNotOfferedOrNotProvenIsWrong() {
		Seeds.forEach(ROUNDS, (random) -> {
			Handshake handshake = new Handshake(random);
			Map<String, List<String>> answer = handshake.answer;
			List<Violation> expected = new ArrayList<>();
			if (handshake.text.oneIn(2)) {
				answer.put("Sec-WebSocket-Accept", List.of(Handshakes.accept(key(random))));
				expected.add(Violation.ACCEPT);
			}
			if (handshake.text.oneIn(2)) {
				List<String> more = new ArrayList<>(answer.get("Sec-WebSocket-Extensions"));
				more.add(random.nextInt(more.size() + 1), "not-offered");
				answer.put("Sec-WebSocket-Extensions", more);
				expected.add(Violation.EXTENSION_NOT_OFFERED);
			}
			if (handshake.text.oneIn(2)) {
				answer.put("Sec-WebSocket-Protocol", List.of("not-offered"));
				expected.add(Violation.SUBPROTOCOL_NOT_OFFERED);
			}
			assertThat(handshake.violations()).as("%s", handshake).isEqualTo(expected);
			assertThat(handshake.check().first()).isEqualTo(expected.isEmpty() ? null : expected.get(0));
		});
	}

	/**
	 * The headers of both sides of a good handshake.
	 */
	private static final class Handshake {

		private final RandomText text;

		private final Map<String, List<String>> request = new TreeMap<>();

		private final Map<String, List<String>> answer = new TreeMap<>();

		Handshake(Random random) {
			this.text = new RandomText(random);
			String key = key(random);
			List<String> extensions = some(NAMES);
			List<String> subprotocols = some(NAMES);
			this.request.put("Sec-WebSocket-Key", List.of(key));
			this.request.put("Sec-WebSocket-Extensions", lines(withParameters(extensions)));
			this.request.put("Sec-WebSocket-Protocol", lines(subprotocols));
			this.answer.put("Upgrade", List.of(this.text.any(List.of("websocket", "WebSocket", " websocket,"))));
			this.answer.put("Connection", lines(List.of("keep-alive", this.text.any(List.of("Upgrade", "upgrade")))));
			this.answer.put("Sec-WebSocket-Accept", List.of(Handshakes.accept(key)));
			this.answer.put("Sec-WebSocket-Extensions", lines(withParameters(some(extensions))));
			this.answer.put("Sec-WebSocket-Protocol", some(subprotocols).stream().limit(1).toList());
		}

		SwitchCheck check() {
			return new SwitchCheck(this.request::get, this.answer::get);
		}

		List<Violation> violations() {
			return Arrays.stream(Violation.values()).filter(check()::has).toList();
		}

		List<String> some(List<String> all) {
			List<String> some = new ArrayList<>(all);
			Collections.shuffle(some, this.text.random());
			return some.subList(0, this.text.random().nextInt(some.size() + 1));
		}

		private List<String> withParameters(List<String> extensions) {
			return extensions.stream()
				.map((name) -> this.text.oneIn(2) ? name : name.toUpperCase(Locale.ROOT))
				.map((name) -> name + this.text.any(PARAMETERS))
				.toList();
		}

		/**
		 * Spreads a list over lines.
		 */
		List<String> lines(List<String> members) {
			List<String> lines = new ArrayList<>();
			for (String member : members) {
				if (lines.isEmpty() || this.text.oneIn(2)) {
					lines.add(member);
				}
				else {
					lines.add(lines.remove(lines.size() - 1) + this.text.any(List.of(",", ", ", " ,,\t")) + member);
				}
			}
			return lines;
		}

		@Override
		public String toString() {
			return this.request + " " + this.answer;
		}

	}

}
