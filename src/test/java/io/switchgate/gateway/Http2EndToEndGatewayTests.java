package io.switchgate.gateway;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Client;
import io.switchgate.fixture.Http2Upstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams of a client over HTTP/2 and an upstream over HTTP/2, coupled: what a tunnel
 * between connections does, one between streams does as well.
 */
class Http2EndToEndGatewayTests {

	private static final byte[] MUCH = much();

	@AutoClose
	private static final Http2Upstream CLEAR = Http2Upstream.start(false);

	@AutoClose
	private static final Http2Upstream TLS = Http2Upstream.start(true);

	@AutoClose
	private static final Gateway GATEWAY = Gateway.with()
		.front(Front.H2)
		.route("clear", CLEAR.uri(), "UpstreamHttpVersion=2")
		.route("tls", TLS.uri(), "UpstreamHttpVersion=2")
		.trustUpstream()
		.start();

	private static byte[] much() {
		byte[] bytes = new byte[3_000_000];
		new Random(1).nextBytes(bytes);
		return bytes;
	}

	static Stream<String> routes() {
		return Stream.of("clear", "tls");
	}

	private static Http2Upstream upstreams(String route) {
		return route.equals("tls") ? TLS : CLEAR;
	}

	private static StreamEnds open(String route) {
		return StreamEnds.open(GATEWAY, "/" + route, upstreams(route));
	}

	@ParameterizedTest
	@MethodSource("routes")
	void carriesBytesBothWaysAtOnce(String route) {
		byte[] masked = Frame.binary(MUCH).mask().bytes();
		byte[] frame = Frame.binary(MUCH).bytes();
		try (StreamEnds ends = open(route)) {
			CompletableFuture<Void> sent = CompletableFuture.allOf(
					CompletableFuture.runAsync(() -> ends.client().send(masked)),
					CompletableFuture.runAsync(() -> ends.upstream().send(frame)));
			assertThat(ends.upstream().read(masked.length)).isEqualTo(masked);
			assertThat(ends.client().read(frame.length)).isEqualTo(frame);
			sent.join();
			ends.assertRelays();
		}
	}

	@Test
	void couplesManyStreamsOfOneConnection() {
		try (Http2Client client = GATEWAY.connectHttp2();
				StreamEnds first = StreamEnds.through(client.wire(), "/clear", CLEAR);
				StreamEnds second = StreamEnds.through(client.wire(), "/clear", CLEAR)) {
			Stalled.start(first.upstream(), first.client());
			second.assertRelays();
			Stalled.start(first.client(), first.upstream());
			second.assertRelays();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 1005, 1006, 1012, 4999 })
	void passesCloseCodesUnchanged(int code) {
		byte[] close = Frame.close(code, "reason of " + code).bytes();
		try (StreamEnds ends = open("clear")) {
			ends.upstream().send(close);
			assertThat(ends.client().read(close.length)).isEqualTo(close);
			byte[] answer = Frame.close(code, "").mask().bytes();
			ends.client().send(answer);
			assertThat(ends.upstream().read(answer.length)).isEqualTo(answer);
			ends.client().fin();
			ends.upstream().fin();
			assertThat(ends.client().rest()).isEmpty();
			assertThat(ends.upstream().rest()).isEmpty();
		}
	}

	@Test
	void passesEndsInPeaceAndInHaste() {
		try (StreamEnds ends = open("clear")) {
			ends.upstream().send(Frame.text("last").bytes());
			ends.upstream().fin();
			assertThat(ends.client().frame().text()).isEqualTo("last");
			assertThat(ends.client().rest()).isEmpty();
			ends.client().send(Frame.text("answer").mask().bytes());
			assertThat(ends.upstream().frame().text()).isEqualTo("answer");
			ends.client().fin();
			assertThat(ends.upstream().rest()).isEmpty();
		}
		try (StreamEnds ends = open("clear")) {
			ends.upstream().reset();
			ends.client().awaitEnd();
		}
		try (StreamEnds ends = open("clear")) {
			ends.client().reset();
			ends.upstream().awaitEnd();
		}
	}

	@ParameterizedTest
	@MethodSource("routes")
	void handsARefusalOn(String route) {
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/" + route));
			try (Wire upstream = upstreams(route).acceptWire()) {
				upstream.head();
				upstream.send("HTTP/1.1 403 Forbidden\nContent-Length: 2\nX-Why: no\n\nno");
				assertThat(client.head()).startsWith("HTTP/1.1 403 ").containsIgnoringCase("x-why: no");
				assertThat(client.text(2)).isEqualTo("no");
				assertThat(upstream.rest()).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("routes")
	void stopsWhoWritesToOneThatDoesNotRead(String route) throws Exception {
		try (StreamEnds ends = open(route)) {
			Stalled.assertStops(ends.client(), ends.upstream());
		}
		try (StreamEnds ends = open(route)) {
			Stalled.assertStops(ends.upstream(), ends.client());
		}
	}

}
