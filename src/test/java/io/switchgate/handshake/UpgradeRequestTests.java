package io.switchgate.handshake;

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
 * Client's side of the handshake rules, as {@link HeaderLines} that make a valid request
 * another one.
 */
class UpgradeRequestTests {

	private static final String KEY = "Sec-WebSocket-Key: " + Handshakes.KEY;

	private static HttpHeaders headers(String lines) {
		HttpHeaders headers = new HttpHeaders();
		headers.add("Host", "test.example.com");
		headers.add("Upgrade", "websocket");
		headers.add("Connection", "Upgrade");
		headers.add("Sec-WebSocket-Key", Handshakes.KEY);
		headers.add("Sec-WebSocket-Version", "13");
		HeaderLines.replace(lines, headers::remove, headers::add);
		return headers;
	}

	private static UpgradeRequest get(String lines) {
		return new UpgradeRequest(HttpMethod.GET, false, headers(lines));
	}

	private static void check(UpgradeRequest request) {
		request.check(false);
		request.checkVersion();
	}

	private static void assertRefused(UpgradeRequest request, ProblemCause cause, String detail) {
		assertThat(request.isHandshake()).isTrue();
		assertThatThrownBy(() -> check(request)).isInstanceOfSatisfying(ProblemException.class, (refusal) -> {
			assertThat(refusal.reason()).isEqualTo(cause);
			assertThat(refusal.getBody().getDetail()).isEqualTo(detail);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host: test.example.com", "Upgrade: WebSocket", "Upgrade: WEBSOCKET",
			"Upgrade: a, websocket", "Upgrade: h2c & Upgrade: websocket", "Connection: upgrade",
			"Connection: keep-alive, UPGRADE", "Connection: keep-alive & Connection: Upgrade",
			"Connection: Upgrade, X-Custom, keep-alive,", "upgrade: websocket & connection: upgrade",
			"Content-Length: 0", "Origin: null", "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC==" })
	void acceptsWhatTheRfcAllows(String lines) {
		assertThat(get(lines).isHandshake()).isTrue();
		assertThatCode(() -> check(get(lines))).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Sec-WebSocket-Version                              | absent
			Sec-WebSocket-Version:                             | ''
			Sec-WebSocket-Version: 7                           | 7
			Sec-WebSocket-Version: 8                           | 8
			Sec-WebSocket-Version: 13, 8                       | 13, 8
			Sec-WebSocket-Version: 013                         | 013
			Sec-WebSocket-Version: +13                         | +13
			Sec-WebSocket-Version: 13.0                        | 13.0
			Sec-WebSocket-Version: 13 & Sec-WebSocket-Version: 13 | 13, 13
			Sec-WebSocket-Version: 13 & Sec-WebSocket-Version: 8  | 13, 8
			""")
	void refusesEveryVersionButOne13(String lines, String found) {
		assertRefused(get(lines), ProblemCause.VERSION_UNSUPPORTED,
				"Sec-WebSocket-Version: " + found + " (expected: 13)");
	}

	@Test
	void leavesTheVersionToItsOwnCheck() {
		assertThatCode(() -> get("Sec-WebSocket-Version: 8").check(false)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Upgrade                                | Upgrade: absent (expected: websocket)
					Upgrade: h2c                           | Upgrade: h2c (expected: websocket)
					Upgrade: h2c & Upgrade: websockets     | Upgrade: h2c, websockets (expected: websocket)
					Upgrade: "websocket"                   | Upgrade: "websocket" (expected: websocket)
					Connection                             | Connection: absent (expected: Upgrade)
					Connection: close                      | Connection: close (expected: Upgrade)
					Connection: keep-alive & Connection: x | Connection: keep-alive, x (expected: Upgrade)
					Upgrade & Connection: close            | Upgrade: absent (expected: websocket), Connection: close (expected: Upgrade)
					""")
	void saysWhichUpgradeHeadersAHopInFrontHasDropped(String lines, String detail) {
		assertRefused(get(lines), ProblemCause.UPGRADE_HEADERS_MISSING, detail);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sec-WebSocket-Key", "Sec-WebSocket-Version" })
	void isAHandshakeWithoutUpgradeIfOneOfItsHeadersIsLeft(String name) {
		assertThat(get("Upgrade & Connection & " + name).isHandshake()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Upgrade", "Upgrade: h2c", "Upgrade: TLS/1.0, HTTP/1.1", "Upgrade: websocket2" })
	void isPlainHttpWithoutAnythingOfWebSocket(String upgrade) {
		assertThat(get(upgrade + " & Sec-WebSocket-Key & Sec-WebSocket-Version").isHandshake()).isFalse();
	}

	@Test
	void refusesHttp10UnlessItIsAccepted() {
		UpgradeRequest request = new UpgradeRequest(HttpMethod.GET, true, headers("Host: a"));
		assertRefused(request, ProblemCause.HTTP_VERSION_TOO_OLD, "HTTP/1.0 (expected: HTTP/1.1)");
		assertThatCode(() -> request.check(true)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "HEAD", "OPTIONS", "get", "CONNECT" })
	void refusesOtherMethodsThanGet(String method) {
		assertRefused(new UpgradeRequest(HttpMethod.valueOf(method), false, headers("Host: a")),
				ProblemCause.METHOD_NOT_GET, method + " (expected: GET)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 5", "Content-Length: a", "Content-Length: 99999999999999999999",
			"Content-Length: 0 & Content-Length: 5", "Transfer-Encoding: chunked",
			"Content-Length: 0 & Transfer-Encoding: chunked" })
	void refusesABody(String lines) {
		assertRefused(get(lines), ProblemCause.BODY_PRESENT, "A body (expected: none)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Sec-WebSocket-Key                            | absent
					Sec-WebSocket-Key:                           | ''
					Sec-WebSocket-Key: x                         | x
					Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j      | dGhlIHNhbXBsZSBub25j
					Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZWQ=  | dGhlIHNhbXBsZSBub25jZWQ=
					Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ== | dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ==
					Sec-WebSocket-Key: a & Sec-WebSocket-Key: b  | a, b
					""")
	void refusesAKeyThatIsMissingMalformedOrDoubled(String lines, String found) {
		assertRefused(get(lines), ProblemCause.KEY_INVALID,
				"Sec-WebSocket-Key: " + found + " (expected: one value of 16 bytes in base64)");
	}

	@Test
	void refusesAValidKeyTwice() {
		assertRefused(get(KEY + " & " + KEY), ProblemCause.KEY_INVALID,
				KEY + ", " + Handshakes.KEY + " (expected: one value of 16 bytes in base64)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Connection: Upgrade, Sec-WebSocket-Key                      | sec-websocket-key
			Connection: Upgrade, sec-websocket-anything                 | sec-websocket-anything
			Connection: upgrade, host                                   | host
			Connection: upgrade & Connection: Host                      | host
			Connection: upgrade, X-Forwarded-For                        | x-forwarded-for
			Connection: X-Forwarded-Anything, upgrade                   | x-forwarded-anything
			Connection: upgrade, Cookie                                 | cookie
			Connection: upgrade,AUTHORIZATION                           | authorization
			Connection: upgrade, origin;q=1                             | origin
			Connection: keep-alive & Connection: upgrade , Origin , x   | origin
			Connection: upgrade, "Cookie"                               | "cookie"
			Connection: upgrade, "x, Cookie                             | "x, cookie
			Connection: upgrade, "x\\", Cookie"                         | "x\\", cookie"
			""")
	void refusesConnectionThatNamesAHeaderForTheUpstream(String lines, String named) {
		assertRefused(get(lines), ProblemCause.CONNECTION_NAMES_END_TO_END,
				"Connection: " + named + " (expected: hop-by-hop headers only)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 1048577", "Transfer-Encoding: chunked" })
	void refusesBodiesThatWouldFillTheMemory(String header) {
		HttpHeaders headers = new HttpHeaders();
		HeaderLines.replace(header, headers::remove, headers::add);
		assertThatThrownBy(() -> new UpgradeRequest(HttpMethod.GET, false, headers).checkPlain(true))
			.isInstanceOfSatisfying(ProblemException.class,
					(refusal) -> assertThat(refusal.reason()).isEqualTo(ProblemCause.CONTENT_TOO_LARGE));
		new UpgradeRequest(HttpMethod.POST, false, headers).checkPlain(true);
	}

	@Test
	void takesASmallBodyOfAGet() {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentLength(1048576);
		new UpgradeRequest(HttpMethod.GET, false, headers).checkPlain(true);
	}

}
