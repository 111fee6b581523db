package io.switchgate.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of valid and invalid heads.
 */
class HeadScannerTests {

	private static final int ROUNDS = 3_000;

	private static final String HEAD = "GET /ws?a=b HTTP/1.1\r\nHost: a\r\nX-Empty:\r\nX-Text: \t \u00e9 x\r\n\r\n";

	private static HeadScanner scanner() {
		return Connections
			.properties(Map.of("switchgate.client.head-size", "256B", "switchgate.client.head-fields", "4"))
			.headScanner();
	}

	/**
	 * Returns the length of the head, "incomplete", or the cause of the refusal.
	 */
	private static String scan(HeadScanner scanner, String text, int piece) {
		int before = 0;
		for (int start = 0; start < text.length(); start += piece) {
			String part = text.substring(start, Math.min(text.length(), start + piece));
			ByteBuf bytes = Unpooled.wrappedBuffer(part.getBytes(StandardCharsets.ISO_8859_1));
			try {
				int length = scanner.scan(bytes);
				assertThat(bytes.readableBytes()).isEqualTo(part.length());
				if (length != -1) {
					return String.valueOf(before + length);
				}
			}
			catch (ProblemException ex) {
				return ex.reason().code();
			}
			before += part.length();
		}
		return "incomplete";
	}

	private static String scan(String text) {
		return scan(scanner(), text, text.length());
	}

	@Test
	void findsTheEndOfAHead() {
		assertThat(scan(HEAD + "GET ")).isEqualTo(String.valueOf(HEAD.length()));
		assertThat(scan("\r\n" + HEAD)).as("one empty line in front").isEqualTo(String.valueOf(HEAD.length() + 2));
		assertThat(scan("GET / HTTP/1.0\r\n\r\n")).isEqualTo("18");
		assertThat(scan(HEAD.substring(0, HEAD.length() - 1))).isEqualTo("incomplete");
	}

	@Test
	void scansTheNextHeadBehindAHead() {
		HeadScanner scanner = scanner();
		for (int head = 0; head < 10; head++) {
			assertThat(scanner.hasBegun()).isFalse();
			assertThat(scan(scanner, HEAD, 7)).isEqualTo(String.valueOf(HEAD.length()));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n\r\n", " ", "\0", "\u0016\u0003\u0001", "\u007f", "GET\t", "GET  /", "GET \r",
			"G\u00c9T", "GET / HTTP/1.1\n", "GET / HTTP/1.1 \r\n", "GET / \r\n", "GET /\r\n", "GET /#a ", "GET /\"",
			"GET /<", "GET /\u00e9", "GET /\0", "GET / http/1.1", "GET / HTTP/1.1x", "GET / HTTP/1.x", "GET / HTTP/11",
			"GET / HTTQ", "GET / HTTP/1\r\n", "GET / HTTP/1.1\r\r\n", "GET / HTTP/1.1\r\n X", "GET / HTTP/1.1\r\n\tX",
			"GET / HTTP/1.1\r\n: a", "GET / HTTP/1.1\r\nA\r\n", "GET / HTTP/1.1\r\nA : b", "GET / HTTP/1.1\r\nA b",
			"GET / HTTP/1.1\r\nA_B", "GET / HTTP/1.1\r\n\u00e9", "GET / HTTP/1.1\r\nA(", "GET / HTTP/1.1\r\nA: b\n",
			"GET / HTTP/1.1\r\nA: b\rc", "GET / HTTP/1.1\r\nA: \0", "GET / HTTP/1.1\r\nA: \u007f",
			"GET / HTTP/1.1\r\nA: \u000b", "GET / HTTP/1.1\r\nA: b\r\n c", "GET / HTTP/1.1\r\n\r\r", "PRI * HTTP/" })
	void refusesHeadsThatTwoParsersCouldReadDifferently(String head) {
		boolean http2 = head.startsWith("PRI");
		assertThat(scan(head)).isEqualTo(http2 ? "incomplete" : "request-malformed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.9", "1.2", "1.9", "2.0", "3.0", "9.9" })
	void refusesOtherHttpVersions(String version) {
		assertThat(scan("GET / HTTP/" + version + "\r\n")).isEqualTo("http-version-unsupported");
	}

	@Test
	void recognizesThePrefaceOfHttp2() {
		HeadScanner scanner = scanner();
		assertThat(scan(scanner, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 1)).isEqualTo("http-version-unsupported");
		assertThat(scanner.isHttp2Preface()).isTrue();
		HeadScanner other = scanner();
		assertThat(scan(other, "GET * HTTP/2.0\r\n\r\n", 1)).isEqualTo("http-version-unsupported");
		assertThat(other.isHttp2Preface()).isFalse();
	}

	@Test
	void acceptsUnderscoresInNamesIfConfigured() {
		HeadScanner scanner = Connections.properties(Map.of("switchgate.client.underscores", "true")).headScanner();
		assertThat(scan(scanner, "GET / HTTP/1.1\r\nA_B: c\r\n\r\n", 3)).isEqualTo("26");
	}

	@Test
	void refusesHeadsAboveTheLimits() {
		String line = "GET / HTTP/1.1\r\n";
		assertThat(scan(line + "A: " + "b".repeat(256 - line.length() - 7) + "\r\n\r\n")).isEqualTo("256");
		assertThat(scan(line + "A: " + "b".repeat(256 - line.length() - 6) + "\r\n\r\n")).isEqualTo("head-too-large");
		assertThat(scan("GET /" + "a".repeat(256 - 5))).isEqualTo("incomplete");
		assertThat(scan("GET /" + "a".repeat(256 - 4))).isEqualTo("request-line-too-long");
		assertThat(scan(line + "A: b\r\n".repeat(4) + "\r\n")).isEqualTo("42");
		assertThat(scan(line + "A: b\r\n".repeat(5) + "\r\n")).isEqualTo("head-too-large");
	}

	@Test
	void hasTheSameResultHoweverTheHeadIsSplit() {
		for (int seed = 0; seed < ROUNDS; seed++) {
			Random random = new Random(seed);
			StringBuilder head = new StringBuilder(HEAD);
			for (int changes = random.nextInt(3); changes > 0; changes--) {
				head.setCharAt(random.nextInt(head.length()), (char) random.nextInt(256));
			}
			String whole = scan(head.toString());
			assertThat(whole).as("seed %d", seed).matches("\\d+|incomplete|" + causes());
			assertThat(scan(scanner(), head.toString(), 1 + random.nextInt(head.length()))).as("seed %d", seed)
				.isEqualTo(whole);
		}
	}

	private static String causes() {
		return String.join("|", ProblemCause.REQUEST_MALFORMED.code(), ProblemCause.HTTP_VERSION_UNSUPPORTED.code(),
				ProblemCause.HEAD_TOO_LARGE.code(), ProblemCause.REQUEST_LINE_TOO_LONG.code());
	}

}
