package io.switchgate.gateway;

import java.util.Objects;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.doctor.Doctor;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Stream;
import io.switchgate.fixture.Http2Upstream;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.Wire;
import io.switchgate.journal.Journal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The head of an upstream's answer may be as large as that of a request, and what limits
 * it says so.
 */
class AnswerHeadGatewayTests {

	private static final String PROPERTY = "spring.cloud.gateway.server.webflux.httpclient.max-header-size";

	private static final String LARGE = "x".repeat(12_000);

	private static final String TOO_LARGE = "x".repeat(20_000);

	@AutoClose
	private static final Http2Upstream STREAMS = Http2Upstream.start(true,
			Http2Upstream.settings().maxHeaderListSize(64 * 1024));

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension.with((gateway, uri) -> gateway.front(Front.TLS_HTTP2)
		.route("chat", uri)
		.route("streams", STREAMS.uri(), "UpstreamHttpVersion=2")
		.trustUpstream()
		.property("switchgate.problem.show-upstream", "true"));

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#http1")
	void returnsASubprotocolThatWasLetIn(Lane lane) {
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path(), "Sec-WebSocket-Protocol: " + LARGE));
			try (Wire upstream = lane.upstream().accept()) {
				upstream.send(Handshakes.switched(upstream.head())
					.replace("\n\n", "\nSec-WebSocket-Protocol: " + LARGE + "\n\n"));
				assertThat(client.head()).startsWith("HTTP/1.1 101 ").contains("\nSec-WebSocket-Protocol: " + LARGE);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#transports")
	void returnsACookieOfAPlainAnswer(Lane lane) {
		try (Wire client = lane.gateway().connect()) {
			client.send("GET " + lane.path() + " HTTP/1.1\nHost: a\n\n");
			try (Wire upstream = lane.upstream().accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 200 OK\nSet-Cookie: a=" + LARGE + "\nConnection: close\nContent-Length: 0\n\n");
				assertThat(client.head()).startsWith("HTTP/1.1 200 ").contains("\nSet-Cookie: a=" + LARGE);
			}
		}
	}

	@Test
	void returnsASubprotocolOfAnUpstreamOverHttp2() throws Exception {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/streams", "Sec-WebSocket-Protocol: " + LARGE));
			Http2Stream upstream = STREAMS.accept();
			upstream.next();
			upstream.send(new DefaultHttp2Headers().status("200").add("sec-websocket-protocol", LARGE), false);
			assertThat(client.head()).startsWith("HTTP/1.1 101 ").contains("\nsec-websocket-protocol: " + LARGE);
		}
	}

	@Test
	void returnsACookieOfAPlainAnswerOverHttp2() throws Exception {
		try (Wire client = PAIR.connect()) {
			client.send("GET /streams HTTP/1.1\nHost: a\n\n");
			Http2Stream upstream = STREAMS.accept();
			upstream.next();
			upstream.send(new DefaultHttp2Headers().status("200").add("set-cookie", "a=" + LARGE), true);
			assertThat(client.head()).startsWith("HTTP/1.1 200 ").contains("\nset-cookie: a=" + LARGE);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void saysWhichLimitOfItsOwnWasHit(boolean upgrade) {
		try (Wire client = PAIR.connect()) {
			client.send(upgrade ? Handshakes.request("/chat") : "GET /chat HTTP/1.1\nHost: a\n\n");
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED.replace("\n\n", "\nSet-Cookie: a=" + TOO_LARGE + "\n\n"));
				ProblemAnswer.expect(client, 502, "upstream-head-too-large", "larger than 16384 bytes", PROPERTY);
				upstream.awaitEnd();
			}
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 403 " + "y".repeat(5000) + "\n\n");
				ProblemAnswer.expect(client, 502, "upstream-head-too-large", "4096 bytes", "max-initial-line-length");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void saysWhichLimitAnAnswerOverHttp2Hit(boolean upgrade) throws Exception {
		try (Wire client = PAIR.connect()) {
			client.send(upgrade ? Handshakes.request("/streams") : "GET /streams HTTP/1.1\nHost: a\n\n");
			Http2Stream upstream = STREAMS.accept();
			upstream.next();
			upstream.send(new DefaultHttp2Headers().status("200").add("set-cookie", "a=" + TOO_LARGE), false);
			ProblemAnswer.expect(client, 502, "upstream-head-too-large", "16384", PROPERTY);
		}
	}

	@Test
	void recordsThatTheLimitIsItsOwn() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED.replace("\n\n", "\nSet-Cookie: a=" + TOO_LARGE + "\n\n"));
				ProblemAnswer.expect(client, 502, "upstream-head-too-large");
			}
		}
		assertThat(PAIR.gateway().bean(Journal.class).all()).anySatisfy((handshake) -> {
			assertThat(handshake.result().cause()).isEqualTo("upstream-head-too-large");
			assertThat(Doctor.diagnose(handshake).finding().code()).isEqualTo("answer-head-too-large");
			assertThat(Objects.requireNonNull(handshake.result().detail())).contains(PROPERTY);
		});
	}

	@ParameterizedTest
	@CsvSource({ PROPERTY + ", 2KB, 3000, 502", PROPERTY + ", 32KB, 20000, 101",
			"switchgate.client.head-size, 32KB, 20000, 101", "switchgate.client.head-size, 512B, 12000, 101" })
	void followsTheConfiguration(String property, String size, int length, int status) {
		try (Gateway configured = Gateway.with().route("chat", PAIR.upstream().uri()).property(property, size).start();
				Wire client = configured.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED.replace("\n\n", "\nSet-Cookie: a=" + "x".repeat(length) + "\n\n"));
				assertThat(client.head()).startsWith("HTTP/1.1 " + status + " ");
			}
		}
	}

}
