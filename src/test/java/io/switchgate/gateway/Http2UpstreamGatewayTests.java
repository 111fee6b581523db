package io.switchgate.gateway;

import java.util.Map;
import java.util.Objects;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.AsciiString;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Stream;
import io.switchgate.fixture.Http2Upstream;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;
import io.switchgate.journal.ConnectionFacts;
import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.HeaderBlock;
import io.switchgate.journal.Journal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handshakes with upstreams over HTTP/2 are extended CONNECTs (RFC 8441).
 */
class Http2UpstreamGatewayTests {

	@AutoClose
	private static final Http2Upstream CLEAR = Http2Upstream.start(false);

	@AutoClose
	private static final Http2Upstream TLS = Http2Upstream.start(true);

	@AutoClose
	private static final Http2Upstream WITHOUT = Http2Upstream.start(false, Http2Settings.defaultSettings());

	@AutoClose
	private static final ScriptedUpstream OLD = ScriptedUpstream.start();

	@AutoClose
	private static final ScriptedUpstream OLD_TLS = ScriptedUpstream.startTls();

	private static final String FILTER = "UpstreamHttpVersion=2";

	@AutoClose
	private static final Gateway GATEWAY = Gateway.with()
		.property("switchgate.problem.show-upstream", "true")
		.route("clear", CLEAR.uri(), FILTER)
		.route("tls", TLS.uri().replace("https", "wss"), FILTER)
		.route("host", CLEAR.uri(), FILTER, "PreserveHostHeader")
		.route("plain", CLEAR.uri(), FILTER, "ForwardUpgradeHeaders=false")
		.route("without", WITHOUT.uri(), FILTER)
		.route("old", OLD.uri(), FILTER)
		.route("old-tls", OLD_TLS.uri(), FILTER)
		.trustUpstream()
		.property("switchgate.handshake.timeout", "5s")
		.start();

	private static Http2Upstream upstream(String route) {
		return route.equals("tls") ? TLS : CLEAR;
	}

	private static Http2Headers status(String status) {
		return new DefaultHttp2Headers().status(status);
	}

	@ParameterizedTest
	@CsvSource({ "clear, http", "tls, https" })
	void sendsAnExtendedConnect(String route, String scheme) throws Exception {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/" + route + "/a?b=c", "Cookie: d=e", "Origin: http://f",
					"Sec-WebSocket-Protocol: v1, v2", "Sec-WebSocket-Extensions: permessage-deflate"));
			Http2Stream upstream = upstream(route).accept();
			Http2Stream.Head head = (Http2Stream.Head) upstream.next();
			assertThat(head.end()).isFalse();
			String authority = upstream(route).uri().replaceAll(".*//", "");
			assertThat(head.headers()).contains(entry(":method", "CONNECT"), entry(":protocol", "websocket"),
					entry(":scheme", scheme), entry(":authority", authority), entry(":path", "/" + route + "/a?b=c"),
					entry("cookie", "d=e"), entry("origin", "http://f"), entry("sec-websocket-version", "13"),
					entry("sec-websocket-protocol", "v1, v2"), entry("sec-websocket-extensions", "permessage-deflate"),
					entry("x-forwarded-for", "127.0.0.1"));
			assertThat(head.headers().names()).extracting(String::valueOf)
				.doesNotContain("host", "upgrade", "connection", "sec-websocket-key", "user-agent", "accept");
			upstream.send(status("200").add("sec-websocket-protocol", "v2")
				.add("sec-websocket-extensions", "permessage-deflate")
				.add("x-more", "1"), false);
			assertThat(client.head()).startsWith("HTTP/1.1 101 ")
				.contains("Sec-WebSocket-Accept: " + Handshakes.ACCEPT, "sec-websocket-protocol: v2",
						"sec-websocket-extensions: permessage-deflate", "x-more: 1")
				.doesNotContain("x-http2");
		}
	}

	private static Map.Entry<CharSequence, CharSequence> entry(String name, String value) {
		return Map.entry(AsciiString.of(name), AsciiString.of(value));
	}

	@Test
	void handsARefusalOn() {
		try (Wire client = GATEWAY.connect()) {
			for (int i = 0; i < 2; i++) {
				client.send(Handshakes.request("/clear"));
				try (Wire upstream = CLEAR.acceptWire()) {
					upstream.head();
					upstream.send("HTTP/1.1 403 Forbidden\nContent-Length: 2\nX-Why: no\n\nno");
					assertThat(client.head()).startsWith("HTTP/1.1 403 ")
						.contains("x-why: no")
						.doesNotContain("x-http2");
					assertThat(client.text(2)).isEqualTo("no");
					assertThat(upstream.rest()).isEmpty();
				}
			}
		}
	}

	@Test
	void skipsInformationalAnswers() throws Exception {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/clear"));
			Http2Stream upstream = CLEAR.accept();
			upstream.next();
			upstream.send(status("103").add("link", "</a>"), false);
			upstream.send(status("200"), false);
			assertThat(client.head()).startsWith("HTTP/1.1 101 ").doesNotContain("link");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "101", "099", "20", "abc" })
	void takesNoStatusThatHttp2DoesNotKnow(String status) throws Exception {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/clear"));
			Http2Stream upstream = CLEAR.accept();
			upstream.next();
			upstream.send(status(status), false);
			ProblemAnswer.expect(client, 502, "upstream-answer-invalid", "Status " + status);
			assertThat(upstream.last()).isInstanceOf(Http2Stream.Reset.class);
		}
	}

	@Test
	void takesNoSubprotocolThatWasNotOffered() throws Exception {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/clear"));
			Http2Stream upstream = CLEAR.accept();
			upstream.next();
			upstream.send(status("200").add("sec-websocket-protocol", "v3"), false);
			ProblemAnswer.expect(client, 502, "upstream-answer-invalid");
			assertThat(upstream.last()).isInstanceOf(Http2Stream.Reset.class);
		}
	}

	@Test
	void saysThatTheSettingIsMissing() {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/without"));
			ProblemAnswer.expect(client, 502, "upstream-answer-invalid", "SETTINGS_ENABLE_CONNECT_PROTOCOL",
					"UpstreamHttpVersion=1.1");
		}
	}

	@Test
	void saysThatAnUpstreamSpeaksNoHttp2() {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/old"));
			try (Wire upstream = OLD.accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 400 Bad Request\nContent-Length: 0\n\n");
				ProblemAnswer.expect(client, 502, "upstream-answer-invalid", "no HTTP/2", "UpstreamHttpVersion=1.1");
				upstream.awaitEnd();
			}
		}
	}

	@Test
	void saysThatAlpnChoseNoHttp2() {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/old-tls"));
			try (Wire upstream = OLD_TLS.accept()) {
				upstream.awaitEnd();
				ProblemAnswer.expect(client, 502, "upstream-answer-invalid", "ALPN chose", "expected: h2");
			}
		}
	}

	@Test
	void setsTheAuthorityThatTheClientAskedFor() throws Exception {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/host"));
			Http2Stream upstream = CLEAR.accept();
			Http2Stream.Head head = (Http2Stream.Head) upstream.next();
			assertThat(head.headers().authority()).hasToString("test.example.com");
			upstream.send(status("404"), true);
			assertThat(client.head()).startsWith("HTTP/1.1 404 ");
		}
	}

	@Test
	void sendsAPlainRequestWithoutUpgradeHeaders() throws Exception {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/plain"));
			Http2Stream upstream = CLEAR.accept();
			Http2Stream.Head head = (Http2Stream.Head) upstream.next();
			assertThat(head.headers().method()).hasToString("GET");
			assertThat(head.end()).isTrue();
			upstream.send(status("404"), true);
			assertThat(client.head()).startsWith("HTTP/1.1 404 ");
		}
	}

	@Test
	void resetsAStreamWhoseClientLeft() throws Exception {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/clear"));
			Http2Stream upstream = CLEAR.accept();
			upstream.next();
			client.reset();
			assertThat(upstream.last()).isEqualTo(new Http2Stream.Reset(Http2Error.CANCEL));
		}
	}

	@Test
	void answersForAStreamThatWasReset() throws Exception {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/clear"));
			Http2Stream upstream = CLEAR.accept();
			upstream.next();
			upstream.reset(Http2Error.INTERNAL_ERROR);
			ProblemAnswer.expect(client, 502, "upstream-closed");
		}
	}

	@Test
	void asksOnceMoreAfterAStreamThatWasRefused() throws Exception {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/clear"));
			Http2Stream refused = CLEAR.accept();
			refused.next();
			refused.reset(Http2Error.REFUSED_STREAM);
			Http2Stream again = CLEAR.accept();
			again.next();
			again.reset(Http2Error.REFUSED_STREAM);
			ProblemAnswer.expect(client, 502, "upstream-closed");
		}
	}

	@Test
	void asksOnceMoreWhenTheConnectionGoesAway() throws Exception {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/clear"));
			CLEAR.accept().next();
			CLEAR.goAway(0);
			try (Wire again = CLEAR.acceptWire()) {
				again.head();
				again.send(Handshakes.SWITCHED);
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
			}
		}
	}

	@Test
	void waitsNoLongerThanItMay() throws Exception {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/clear"));
			Http2Stream upstream = CLEAR.accept();
			upstream.next();
			ProblemAnswer.expect(client, 504, "upstream-answer-timeout");
			assertThat(upstream.last()).isEqualTo(new Http2Stream.Reset(Http2Error.CANCEL));
		}
	}

	@Test
	void recordsWhatWasSaid() {
		try (StreamEnds ends = StreamEnds.open(GATEWAY, "/tls/record", TLS)) {
			ends.assertRelays();
			HandshakeRecord record = GATEWAY.bean(Journal.class).all().iterator().next();
			HandshakeRecord.Side upstream = Objects.requireNonNull(record.upstream());
			HeaderBlock sent = Objects.requireNonNull(upstream.request());
			assertThat(sent.line()).isEqualTo("CONNECT /tls/record HTTP/2.0");
			assertThat(sent.values(":protocol")).containsExactly("websocket");
			assertThat(Objects.requireNonNull(upstream.answer()).line()).isEqualTo("HTTP/2.0 200 OK");
			ConnectionFacts facts = Objects.requireNonNull(upstream.connection());
			assertThat(Objects.requireNonNull(facts.tls()).applicationProtocol()).isEqualTo("h2");
			assertThat(Objects.requireNonNull(facts.stream())).isOdd();
		}
	}

}
