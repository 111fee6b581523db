package io.switchgate.gateway;

import java.io.IOException;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Client;
import io.switchgate.fixture.Http2Stream;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plain requests, whose upstream connections are pooled: one that an answer has spoilt
 * must not serve anybody else.
 */
@ExtendWith(OutputCaptureExtension.class)
class PlainGatewayTests {

	private static final String PLAIN = "GET /chat HTTP/1.1\nHost: a\n\n";

	private static final String POST = "POST /chat HTTP/1.1\nHost: a\nContent-Length: 4\n\nbody";

	private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> gateway.front(Front.CLEAR_HTTP2).route("chat", uri));

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 101 Switching Protocols\n\n", Handshakes.SWITCHED,
			"HTTP/1.1 101 Switching Protocols\nUpgrade: h2c\nConnection: Upgrade\n\n",
			"HTTP/1.1 101 Switching Protocols\nContent-Length: 0\n\n",
			Handshakes.SWITCHED + "\u0082\u0000bytes behind it", Handshakes.SWITCHED + OK,
			"HTTP/1.1 103 Early Hints\n\n" + Handshakes.SWITCHED + OK })
	void turnsA101ThatNobodyAskedForIntoA502AndClosesTheUpstream(String answer) {
		try (Wire client = PAIR.connect()) {
			for (String request : new String[] { PLAIN, POST }) {
				client.send(request);
				try (Wire upstream = PAIR.accept()) {
					assertThat(upstream.head()).startsWith(request.substring(0, request.indexOf('\n')));
					upstream.send(answer);
					assertProblem(client, "The upstream broke the protocol");
					upstream.awaitEnd();
				}
			}
			assertServed(client);
		}
	}

	@Test
	void skipsInformationalAnswersAndKeepsTheUpstreamsConnection() {
		try (Wire client = PAIR.connect()) {
			client.send(POST);
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				assertThat(upstream.text(4)).isEqualTo("body");
				upstream.send("HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nLink: </a>\n\n");
				upstream.send("HTTP/1.1 102 Processing\n\n" + OK);
				assertThat(client.head()).startsWith("HTTP/1.1 200 OK\n").doesNotContain("Link");
				assertThat(client.text(2)).isEqualTo("ok");
				client.send(PLAIN);
				assertThat(upstream.head()).startsWith("GET /chat HTTP/1.1\n");
				upstream.send("HTTP/1.1 204 No Content\n\n");
				assertThat(client.head()).startsWith("HTTP/1.1 204 ");
			}
		}
	}

	/**
	 * Often the next request is there before the framework has ended the last one.
	 */
	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#transports")
	void answersOneRequestAfterTheOther(Lane lane) {
		String plain = PLAIN.replace("/chat", lane.path());
		try (Wire client = lane.gateway().connect()) {
			client.send(plain);
			try (Wire upstream = lane.upstream().accept()) {
				answer(client, upstream);
				for (int i = 0; i < 100; i++) {
					client.send("GET /none HTTP/1.1\nHost: a\n\n" + plain);
					ProblemAnswer.expect(client, 404);
					answer(client, upstream);
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 10\n\nhello", "Transfer-Encoding: chunked\n\n5\nhello\n" })
	void endsTheConnectionWhereAnAnswerBreaksOff(String answer, CapturedOutput output) {
		try (Wire client = PAIR.connect()) {
			client.send(PLAIN.replace("/chat", "/chat?token=s3cr3t"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 200 OK\n" + answer);
				assertThat(client.head()).startsWith("HTTP/1.1 200 OK\n");
				upstream.reset();
				assertThat(client.rest()).asString().doesNotContain("0\r\n\r\n");
			}
		}
		try (Wire next = PAIR.connect()) {
			assertServed(next);
		}
		assertThat(output).doesNotContain("s3cr3t", "\tat ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 10\n\nhello", "Transfer-Encoding: chunked\n\n5\nhello\n" })
	void resetsTheStreamWhereAnAnswerBreaksOff(String answer) throws IOException {
		try (Http2Client client = PAIR.gateway().to(Front.H2C).connectHttp2()) {
			Http2Headers request = new DefaultHttp2Headers().method("GET")
				.scheme("http")
				.authority("test.example.com")
				.path("/chat");
			Http2Stream stream = client.stream().send(request, true);
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 200 OK\n" + answer);
				assertThat(stream.next()).isInstanceOf(Http2Stream.Head.class);
				upstream.reset();
			}
			Http2Stream.Event event = stream.next();
			while (event instanceof Http2Stream.Data data) {
				assertThat(data.end()).isFalse();
				event = stream.next();
			}
			assertThat(event).isInstanceOf(Http2Stream.Reset.class);
		}
	}

	private static void assertServed(Wire client) {
		client.send(PLAIN);
		try (Wire upstream = PAIR.accept()) {
			answer(client, upstream);
		}
	}

	private static void answer(Wire client, Wire upstream) {
		upstream.head();
		upstream.send(OK);
		assertThat(client.head()).startsWith("HTTP/1.1 200 OK\n");
		assertThat(client.text(2)).isEqualTo("ok");
	}

	private static void assertProblem(Wire client, String detail) {
		ProblemAnswer.expect(client, 502, "upstream-answer-invalid", detail);
	}

}
