package io.switchgate.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Client;
import io.switchgate.fixture.Http2Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of HTTP/2 that the gateway answers itself. None costs the others on its
 * connection anything.
 */
class Http2RefusalGatewayTests {

	private static final Map<String, Consumer<Http2Headers>> MALFORMED = Map.ofEntries(
			Map.entry("no path", (head) -> head.remove(":path")), Map.entry("empty path", (head) -> head.path("")),
			Map.entry("no scheme", (head) -> head.remove(":scheme")),
			Map.entry("no authority", (head) -> head.remove(":authority")),
			Map.entry("no method", (head) -> head.remove(":method")),
			Map.entry("two paths", (head) -> head.add(":path", "/chat")),
			Map.entry("two protocols", (head) -> head.add(":protocol", "websocket")),
			Map.entry("protocol of a GET", (head) -> head.method("GET")),
			Map.entry("unknown pseudo-header", (head) -> head.add(":status", "200")),
			Map.entry("upper case", (head) -> head.add("X-Upper", "case")),
			Map.entry("connection", (head) -> head.add("connection", "upgrade")),
			Map.entry("upgrade", (head) -> head.add("upgrade", "websocket")),
			Map.entry("transfer-encoding", (head) -> head.add("transfer-encoding", "chunked")),
			Map.entry("te", (head) -> head.add("te", "gzip")),
			Map.entry("content-length", (head) -> head.add("content-length", "5")),
			Map.entry("host of another", (head) -> head.add("host", "other.example.com")),
			Map.entry("line feed in a value", (head) -> head.add("x-a", "b\nc: d")),
			Map.entry("space in a path", (head) -> head.path("/chat HTTP/1.1")));

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> gateway.front(Front.H2C).route("chat", uri));

	static Stream<String> malformed() {
		return MALFORMED.keySet().stream().sorted();
	}

	@ParameterizedTest
	@MethodSource("malformed")
	void refusesWhatIsMalformed(String flaw) throws IOException {
		Http2Headers head = Handshakes.connect("/chat");
		Objects.requireNonNull(MALFORMED.get(flaw)).accept(head);
		try (Http2Client client = PAIR.gateway().connectHttp2()) {
			Http2Stream.Event answer = client.stream().send(head, false).next();
			if (answer instanceof Http2Stream.Head refusal) {
				assertThat(refusal.status()).isEqualTo(400);
			}
			else {
				assertThat(answer).isEqualTo(new Http2Stream.Reset(Http2Error.PROTOCOL_ERROR));
			}
			assertCarries(client);
		}
	}

	private static void assertCarries(Http2Client client) {
		try (OpenTunnel tunnel = OpenTunnel.through(client.wire(), "/chat", PAIR.upstream())) {
			tunnel.assertCarries("next");
		}
	}

	@Test
	void refusesAStreamThatEndsAtOnce() throws IOException {
		try (Http2Client client = PAIR.gateway().connectHttp2()) {
			Http2Stream stream = client.stream().send(Handshakes.connect("/chat"), true);
			assertProblem(stream, 400, "END_STREAM");
			assertCarries(client);
		}
	}

	@Test
	void refusesOtherProtocols() throws IOException {
		try (Http2Client client = PAIR.gateway().connectHttp2()) {
			Http2Headers connect = Handshakes.connect("/chat").set(":protocol", "connect-udp");
			assertProblem(client.stream().send(connect, false), 501, ":protocol: connect-udp (expected: websocket)");
			assertCarries(client);
		}
	}

	@Test
	void refusesAConnectToAHost() throws IOException {
		try (Http2Client client = PAIR.gateway().connectHttp2()) {
			Http2Headers connect = Handshakes.connect("/chat").authority("test.example.com:443");
			connect.remove(":protocol");
			connect.remove(":path");
			connect.remove(":scheme");
			assertProblem(client.stream().send(connect, false), 405, "CONNECT");
			assertCarries(client);
		}
	}

	@Test
	void refusesAVersionThatTheRouteDoesNotTake() throws IOException {
		try (Http2Client client = PAIR.gateway().connectHttp2()) {
			Http2Headers connect = Handshakes.connect("/chat").set("sec-websocket-version", "8");
			Http2Stream.Head answer = assertProblem(client.stream().send(connect, false), 426,
					"Sec-WebSocket-Version: 8 (expected: 13)");
			assertThat(answer.headers().get("sec-websocket-version")).hasToString("13");
			assertThat(answer.headers().names()).doesNotContain("upgrade", "connection");
			assertCarries(client);
		}
	}

	private static Http2Stream.Head assertProblem(Http2Stream stream, int status, String text) throws IOException {
		Http2Stream.Head answer = (Http2Stream.Head) stream.next();
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.headers().get("content-type")).hasToString("application/problem+json");
		StringBuilder body = new StringBuilder();
		Http2Stream.Event event;
		do {
			event = stream.next();
			body.append(new String(((Http2Stream.Data) event).bytes(), StandardCharsets.UTF_8));
		}
		while (!event.end());
		assertThat(body).contains("\"status\":" + status).contains(text);
		return answer;
	}

}
