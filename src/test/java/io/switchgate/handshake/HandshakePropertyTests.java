package io.switchgate.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.RandomText;
import io.switchgate.fixture.Seeds;
import io.switchgate.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for handshakes with any header values: each is accepted or refused for a
 * reason, and however its lists are spread over lines the outcome is the same.
 */
class HandshakePropertyTests {

	private static final int ROUNDS = 20_000;

	private static final List<String> MEMBERS = List.of("websocket", "WebSocket", "upgrade", "Upgrade", "keep-alive",
			"h2c", "x", "host", "Cookie", "sec-websocket-key", "\"upgrade\"", "\"a, b\"", "permessage-deflate",
			"permessage-deflate; client_max_window_bits=\"15\"", "chat", "Chat", "\"open", "a;b", ";", "\u00e9");

	private static final List<String> ODD = List.of("", " ", "13", "13, 13", "8", "-1", "0", "5", "+5", "0x5", "abc",
			"99999999999999999999", "1 1", "\u0660", Handshakes.KEY, Handshakes.ACCEPT);

	private static final List<String> LISTS = List.of("Upgrade", "Connection", "Sec-WebSocket-Extensions",
			"Sec-WebSocket-Protocol");

	private static final List<String> OTHERS = List.of("Sec-WebSocket-Key", "Sec-WebSocket-Version",
			"Sec-WebSocket-Accept", "Content-Length", "Transfer-Encoding", "X");

	/**
	 * A valid handshake of which a few headers have other values.
	 */
	private static Map<String, List<String>> fields(Random random) {
		RandomText text = new RandomText(random);
		Map<String, List<String>> fields = new TreeMap<>(Map.of("Upgrade", List.of("websocket"), "Connection",
				List.of("Upgrade"), "Sec-WebSocket-Key", List.of(Handshakes.KEY), "Sec-WebSocket-Version",
				List.of("13"), "Sec-WebSocket-Accept", List.of(Handshakes.ACCEPT)));
		for (int changes = random.nextInt(4); changes > 0; changes--) {
			boolean list = random.nextBoolean();
			String name = text.any(list ? LISTS : OTHERS);
			List<String> values = new ArrayList<>();
			for (int left = random.nextInt(4); left > 0; left--) {
				values.add(text.any((list || text.oneIn(4)) ? MEMBERS : ODD));
			}
			fields.put(name, values);
		}
		return fields;
	}

	private static HttpHeaders headers(Map<String, List<String>> fields) {
		HttpHeaders headers = new HttpHeaders();
		fields.forEach((name, values) -> values.forEach((value) -> headers.add(name, value)));
		return headers;
	}

	/**
	 * The same lists, each in one line, and names in another case.
	 */
	private static Map<String, List<String>> joined(Map<String, List<String>> fields) {
		Map<String, List<String>> joined = new TreeMap<>();
		fields.forEach((name, values) -> {
			boolean list = LISTS.contains(name) && !values.contains("\"open");
			joined.put(name.toLowerCase(Locale.ROOT), list ? List.of(String.join(" ,, ", values)) : values);
		});
		return joined;
	}

	private static String outcome(UpgradeRequest request) {
		try {
			request.check(false);
			request.checkVersion();
			return "accepted";
		}
		catch (ProblemException ex) {
			assertThat(ex.getBody().getDetail()).isNotEmpty();
			return ex.reason().toString();
		}
	}

	private static UpgradeRequest request(Map<String, List<String>> fields) {
		return new UpgradeRequest(HttpMethod.GET, false, headers(fields));
	}

	@Test
	void requestsAreAcceptedOrRefusedForAReason() {
		Seeds.forEach(ROUNDS, (random) -> {
			Map<String, List<String>> fields = fields(random);
			UpgradeRequest whole = request(fields);
			UpgradeRequest other = request(joined(fields));
			assertThat(other.isHandshake()).as("%s", fields).isEqualTo(whole.isHandshake());
			assertThat(outcome(other)).as("%s", fields).isEqualTo(outcome(whole));
		});
	}

	@Test
	void answersAreAcceptedOrRefusedForAReason() {
		UpgradeRequest request = request(
				Map.of("Sec-WebSocket-Key", List.of(Handshakes.KEY), "Sec-WebSocket-Extensions",
						List.of("permessage-deflate"), "Sec-WebSocket-Protocol", List.of("chat, x")));
		Seeds.forEach(ROUNDS, (random) -> {
			Map<String, List<String>> fields = fields(random);
			Map<String, List<String>> joined = joined(fields);
			// Of these an upstream names one, so a list is another thing than lines.
			joined.remove("sec-websocket-protocol");
			fields.getOrDefault("Sec-WebSocket-Protocol", List.of())
				.forEach((value) -> joined.computeIfAbsent("sec-websocket-protocol", (name) -> new ArrayList<>())
					.add(value));
			assertThat(outcome(joined, request)).as("%s", fields).isEqualTo(outcome(fields, request));
		});
	}

	private static String outcome(Map<String, List<String>> fields, UpgradeRequest request) {
		io.netty.handler.codec.http.HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory()
			.withValidation(false)
			.newHeaders();
		fields.forEach(headers::add);
		try {
			new UpgradeAnswer(headers).check(request);
			return "accepted";
		}
		catch (ProblemException ex) {
			assertThat(ex.getBody().getDetail()).isNotEmpty();
			return ex.reason().toString();
		}
	}

}
