package io.switchgate.gateway;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients and upstreams send reaches no log through a library's exception.
 */
@ExtendWith(OutputCaptureExtension.class)
class ForeignBytesGatewayTests {

	private static final String SECRET = "s3cr3tS3cr3t9";

	private static final String HEX = HexFormat.of().formatHex("3cr3t".getBytes(StandardCharsets.US_ASCII));

	private static final String LONG = SECRET.repeat(1500);

	private static final String GET = "GET /gone HTTP/1.1\nHost: a\n";

	private static final String POST = "POST /gone HTTP/1.1\nHost: a\n";

	private static final String CHUNKED = POST + "Transfer-Encoding: chunked\n\n";

	private static final String OK = "HTTP/1.1 200 OK\n";

	private static final String PREFACE = "PRI * HTTP/2.0\n\nSM\n\n";

	private static final int HEADERS = 1;

	private static final int GOAWAY = 7;

	/**
	 * With extended CONNECT (RFC 8441, section 3).
	 */
	private static final String SETTINGS = frame(4, 0, 0, "\0\10\0\0\0\1");

	private static final List<String> LINES = List.of("%s", "GET /%s", "%s /x HTTP/1.1\nHost: a", "GET /%s HTTP/1.1",
			"CONNECT %s HTTP/1.1\nHost: a", "GET http://%s:99999/ HTTP/1.1\nHost: %s:99999",
			"GET //%s?x=%s HTTP/1.1\nHost: a", "GET /gone?x=%%zz%s HTTP/1.1\nHost: a",
			"GET /none?x={%s} HTTP/1.1\nHost: a", "GET /stripped/a?x={%s}&y=%%zz HTTP/1.1\nHost: a",
			"GET /stripped/{%s}|^%%zz HTTP/1.1\nHost: a", "GET /rewritten/{%s}|^%%ff?a=%s%%%% HTTP/1.1\nHost: a",
			"GET /broken/%%5E?a=%s HTTP/1.1\nHost: a", "GET /actuator/handshakes?size=%s HTTP/1.1\nHost: a",
			"GET /actuator/handshakes/%s?x=%%zz HTTP/1.1\nHost: a", "GET /actuator/tunnels?page=%s HTTP/1.1\nHost: a",
			"DELETE /actuator/tunnels/%s?code=%s HTTP/1.1\nHost: a", "PRI * HTTP/2.0\n\nSM\n\n%s%s%s",
			"PRI * HTTP/2.0\n\n%s%s%s");

	private static final List<String> FIELDS = List.of("%s", "%s : x", "X: \0%s", "Host: %s^", "Host: a:%s",
			"Content-Length: %s", "Transfer-Encoding: %s", "Expect: %s", "Accept: %s/;;", "Accept-Language: %s!!",
			"Cookie: =%s; %s=\"", "Content-Type: %s", "Origin: http://[%s", "If-Modified-Since: %s\nRange: %s",
			"X-Forwarded-For: %s\nForwarded: for=%s;host=%s\nX-Forwarded-Port: %s", "traceparent: %s\nb3: %s",
			"Upgrade: h2c\nConnection: upgrade, http2-settings\nHTTP2-Settings: %s",
			"Upgrade: websocket\nConnection: upgrade\nSec-WebSocket-Key: %s\nSec-WebSocket-Version: %s");

	private static final List<String> BODIES = List.of(CHUNKED + "%s\n", CHUNKED + "0\n%s\n\n",
			CHUNKED + "1;%s\0\na\n0\n\n",
			POST + "Content-Type: application/x-www-form-urlencoded\nContent-Length: 17\n\na=%%zz%s",
			"POST /actuator/drain HTTP/1.1\nHost: a\nContent-Type: application/json\nContent-Length: 14\n\n{%s",
			"POST /actuator/drain HTTP/1.1\nHost: a\nContent-Type: %s\nContent-Length: 14\n\n{%s");

	private static final List<String> ANSWERS = List.of("%s\n\n", "HTTP/9%s 200 OK\n\n", "HTTP/1.1 %s OK\n\n",
			OK + "%s\n\n", OK + "%s x: y\n\n", OK + "X: \0%s\n\n", OK + "Content-Length: %s\n\n",
			OK + "Content-Length: 1\nContent-Length: 2\nX: %s\n\n", OK + "Transfer-Encoding: %s\n\n",
			OK + "Transfer-Encoding: chunked\n\n%s\n", OK + "Transfer-Encoding: chunked\n\n1\na\n%s\n",
			OK + "Transfer-Encoding: chunked\n\n0\n%s\n\n", OK + "Content-Length: 100\n\n%s",
			OK + "Content-Length: 0\n\n%s", OK + "Content-Type: %s/;;\nContent-Length: 0\n\n",
			OK + "Set-Cookie: %s=\"%s; Max-Age=%s\nContent-Length: 0\n\n",
			"HTTP/1.1 302 %s\nLocation: ht tp://%s^\nContent-Length: 0\n\n", "HTTP/1.1 999 %s\nContent-Length: 0\n\n",
			"HTTP/1.1 1000 %s\nContent-Length: 0\n\n", "HTTP/1.1 101 %s\nX: %s\n\n",
			"HTTP/1.1 101 OK\nUpgrade: websocket\nConnection: upgrade\nSec-WebSocket-Protocol: %s\n\n");

	private static final String GONE = "http://localhost:1";

	@AutoClose
	private static final ScriptedUpstream STREAMS = ScriptedUpstream.start();

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> gateway.front(Front.CLEAR_HTTP2)
			.property("logging.level.root", "info")
			.property("switchgate.handshake.timeout", "2s")
			.route("chat", uri, "RewriteLocationResponseHeader")
			.route("clear", uri.replace("http:", "https:"))
			.route("streams", STREAMS.uri(), "UpstreamHttpVersion=2")
			.route("gone", GONE)
			.route("stripped", GONE, "StripPrefix=1")
			.route("rewritten", GONE, "RewritePath=/rewritten/(.*), /$1")
			.route("broken", GONE, "SetPath=/{nothing}")
			.property("management.endpoints.access.max-permitted", "unrestricted")
			.property("management.endpoint.drain.access", "unrestricted")
			.property("management.endpoint.tunnels.access", "unrestricted")
			.property("management.endpoints.web.exposure.include", "*"));

	private static Stream<String> requests() {
		Stream<String> fields = FIELDS.stream()
			.flatMap((field) -> Stream.of(GET, POST, "GET /none HTTP/1.1\nHost: a\n").map((head) -> head + field));
		return Stream.of(LINES.stream(), fields, Stream.of("GET /" + LONG + " HTTP/1.1", GET + "X: " + LONG))
			.flatMap((heads) -> heads)
			.map((head) -> head + "\n\n");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void showsNothingOfRequests(boolean management, CapturedOutput output) {
		int port = management ? PAIR.gateway().managementPort() : PAIR.gateway().port();
		Stream.concat(requests(), BODIES.stream()).forEach((request) -> send(port, filled(request)));
		frames().forEach((frames) -> send(port, PREFACE + SETTINGS + frames));
		assertThat(send(PAIR.gateway().port(), "GET /none HTTP/1.1\nHost: a\nConnection: close\n\n"))
			.startsWith("HTTP/1.1 404 ");
		assertShowsNothing(output);
	}

	/**
	 * Returns frames that break HTTP/2, and a GOAWAY that says something.
	 */
	private static Stream<String> frames() {
		String name = (char) 0 + sized(SECRET.toLowerCase(Locale.ROOT) + " ") + sized("a");
		String pseudo = (char) 0 + sized(":" + SECRET.toLowerCase(Locale.ROOT)) + sized(SECRET);
		String value = (char) 0 + sized("x") + sized(SECRET + "\0");
		return Stream.of(frame(GOAWAY, 0, 0, "\0\0\0\0\0\0\0\2" + SECRET), frame(HEADERS, 5, 1, name),
				frame(HEADERS, 5, 1, pseudo), frame(HEADERS, 5, 1, value), frame(HEADERS, 5, 1, SECRET),
				frame(HEADERS, 5, 2, value), frame(0, 0, 1, SECRET), frame(4, 0, 0, SECRET), SECRET.repeat(3));
	}

	private static String frame(int type, int flags, int stream, String payload) {
		return "\0\0" + (char) payload.length() + (char) type + (char) flags + "\0\0\0" + (char) stream + payload;
	}

	private static String sized(String text) {
		return (char) text.length() + text;
	}

	private static String filled(String text) {
		return text.replace("%s", SECRET).replace("%%", "%");
	}

	private static String send(int port, String request) {
		try (Wire client = Wire.connect(port)) {
			client.send(request);
			client.fin();
			return new String(client.rest(), StandardCharsets.ISO_8859_1);
		}
		catch (UncheckedIOException ex) {
			return "";
		}
	}

	@Test
	void showsNothingOfAnswers(CapturedOutput output) {
		List<String> answers = new ArrayList<>();
		for (String path : List.of("/chat", "/clear")) {
			for (String answer : ANSWERS) {
				answers.add(answered(Handshakes.request(path), filled(answer)));
				answers.add(answered("GET " + path + " HTTP/1.1\nHost: a\n\n", filled(answer)));
			}
		}
		answers.add(answered(Handshakes.request("/chat"), OK + LONG + "\n\n"));
		assertThat(answers.stream().filter((answer) -> answer.startsWith("HTTP/1.1 502 "))).hasSizeGreaterThan(20)
			.allSatisfy((answer) -> assertThat(answer).doesNotContain("3cr3t").doesNotContain(HEX));
		assertShowsNothing(output);
	}

	@Test
	void showsNothingOfFramesOfAnUpstream(CapturedOutput output) {
		AtomicReference<String> answer = new AtomicReference<>("");
		Thread upstream = new Thread(() -> answerAll(answer));
		upstream.start();
		frames().forEach((frames) -> {
			// The first stream of Reactor Netty's.
			answer.set(SETTINGS + frame(4, 1, 0, "") + frames.replace("\0\0\0\1", "\0\0\0\3"));
			assertThat(send(PAIR.gateway().port(), Handshakes.request("/streams"))).doesNotContain("3cr3t")
				.doesNotContain(HEX);
		});
		STREAMS.close();
		assertShowsNothing(output);
	}

	private static void answerAll(AtomicReference<String> answer) {
		try {
			while (true) {
				try (Wire connection = STREAMS.accept()) {
					connection.send(Objects.requireNonNull(answer.get()));
					connection.fin();
					connection.awaitEnd();
				}
			}
		}
		catch (UncheckedIOException ex) {
			// The upstream is closed.
		}
	}

	private static String answered(String request, String answer) {
		try (Wire client = PAIR.connect()) {
			client.send(request);
			try (Wire upstream = PAIR.accept()) {
				upstream.send(answer);
				upstream.fin();
				String head = client.head();
				client.fin();
				return head + new String(client.rest(), StandardCharsets.ISO_8859_1);
			}
		}
		catch (UncheckedIOException ex) {
			return "";
		}
	}

	private static void assertShowsNothing(CapturedOutput output) {
		assertThat(output.getAll()).doesNotContain("3cr3t").doesNotContain(HEX);
		assertThat(output.getAll().lines().filter((line) -> line.startsWith("\tat "))).as("stacks").isEmpty();
	}

}
