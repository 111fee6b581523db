package io.switchgate.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.switchgate.fixture.Causes;
import io.switchgate.fixture.CloseFrames;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Client;
import io.switchgate.fixture.Http2Stream;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.Wire;
import io.switchgate.transport.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What only WebSockets over HTTP/2 have (RFC 8441): another answer, and many of them on
 * one connection.
 */
class Http2TunnelGatewayTests {

	private static final int STREAMS = 20;

	private static final byte[] MUCH = Frame.binary(new byte[4 * 1024 * 1024]).bytes();

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension.with((gateway, uri) -> gateway.front(Front.H2C)
		.route("chat", uri)
		.property("spring.cloud.gateway.server.webflux.routes[0].predicates[1]", "Method=GET"));

	@ParameterizedTest
	@EnumSource(names = { "H2C", "H2" })
	void answers200AndAsksTheUpstreamForAnUpgrade(Front front) throws IOException {
		Lane lane = new Lane(Transport.AUTO, front, false);
		try (Http2Client client = lane.gateway().connectHttp2()) {
			assertThat(client.settings().connectProtocolEnabled()).isTrue();
			Http2Headers connect = Handshakes.connect(lane.path())
				.set("sec-websocket-key", Handshakes.KEY)
				.set("sec-websocket-protocol", "chat")
				.set("origin", "https://a.example.com");
			Http2Stream stream = client.stream().send(connect, false);
			try (Wire upstream = lane.upstream().accept()) {
				String request = upstream.head();
				assertThat(request).startsWith("GET " + lane.path() + " HTTP/1.1\n")
					.containsIgnoringCase("\nUpgrade: websocket\n")
					.containsIgnoringCase("\nConnection: Upgrade\n")
					.containsIgnoringCase("\nSec-WebSocket-Version: 13\n")
					.containsIgnoringCase("\nSec-WebSocket-Protocol: chat\n")
					.containsIgnoringCase("\nOrigin: https://a.example.com\n")
					.doesNotContain(Handshakes.KEY, ":protocol", "x-http2");
				assertThat(Base64.getDecoder().decode(key(request))).hasSize(16);
				upstream.send(Handshakes.switched(request)
					.replace("\n\n", "\nSec-WebSocket-Protocol: chat\nSet-Cookie: a=1\n\n"));
				Http2Stream.Head answer = (Http2Stream.Head) stream.next();
				assertThat(answer.status()).isEqualTo(200);
				assertThat(answer.end()).isFalse();
				assertThat(answer.headers().names()).doesNotContain("upgrade", "connection", "sec-websocket-accept",
						"content-length", "transfer-encoding");
				assertThat(answer.headers().get("sec-websocket-protocol")).hasToString("chat");
				assertThat(answer.headers().get("set-cookie")).hasToString("a=1");
			}
		}
	}

	private static String key(String request) {
		return request.replaceAll("(?is).*\nSec-WebSocket-Key: (\\S+)\n.*", "$1");
	}

	@Test
	void makesAnotherKeyForEachStream() {
		try (Http2Client client = PAIR.gateway().connectHttp2();
				OpenTunnel first = OpenTunnel.through(client.wire(), "/chat", PAIR.upstream());
				OpenTunnel second = OpenTunnel.through(client.wire(), "/chat", PAIR.upstream())) {
			assertThat(key(first.request())).isNotEqualTo(key(second.request()));
		}
	}

	@Test
	void holdsUpNoStreamForAClientThatDoesNotReadAnother() {
		try (Http2Client client = PAIR.gateway().connectHttp2();
				OpenTunnel slow = OpenTunnel.through(client.wire(), "/chat", PAIR.upstream())) {
			CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> slow.upstream().send(MUCH));
			assertOthersCarry(client);
			assertThat(slow.client().read(MUCH.length)).isEqualTo(MUCH);
			sent.join();
			slow.assertCarries("at last");
		}
	}

	@Test
	void holdsUpNoStreamForAnUpstreamThatDoesNotReadAnother() {
		try (Http2Client client = PAIR.gateway().connectHttp2();
				OpenTunnel slow = OpenTunnel.through(client.wire(), "/chat", PAIR.upstream())) {
			CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> slow.client().send(MUCH));
			assertOthersCarry(client);
			assertThat(slow.upstream().read(MUCH.length)).isEqualTo(MUCH);
			sent.join();
			slow.assertCarries("at last");
		}
	}

	private static void assertOthersCarry(Http2Client client) {
		List<OpenTunnel> others = open(client, STREAMS);
		for (int round = 0; round < 3; round++) {
			others.forEach((tunnel) -> tunnel.assertCarries("a message"));
		}
		others.forEach(OpenTunnel::close);
	}

	private static List<OpenTunnel> open(Http2Client client, int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> OpenTunnel.through(client.wire(), "/chat", PAIR.upstream()))
			.toList();
	}

	@Test
	void endsOneStreamAndLeavesTheOthers() {
		Causes cause = Causes.expect(PAIR.gateway(), "client-reset", 1006);
		try (Http2Client client = PAIR.gateway().connectHttp2();
				OpenTunnel other = OpenTunnel.through(client.wire(), "/chat", PAIR.upstream())) {
			OpenTunnel ended = OpenTunnel.through(client.wire(), "/chat", PAIR.upstream());
			ended.client().reset();
			ended.upstream().awaitEnd();
			cause.await();
			other.assertCarries("still here");
		}
	}

	@Test
	void closesTheUpstreamOfAStreamThatIsResetBeforeTheAnswer() throws IOException {
		try (Http2Client client = PAIR.gateway().connectHttp2()) {
			Http2Stream stream = client.stream().send(Handshakes.connect("/chat"), false);
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				stream.reset(Http2Error.CANCEL);
				upstream.awaitEnd();
			}
			OpenTunnel.through(client.wire(), "/chat", PAIR.upstream()).close();
		}
	}

	@Test
	void leavesTunnelsAloneWhenTheClientSaysGoAway() {
		try (Http2Client client = PAIR.gateway().connectHttp2();
				OpenTunnel tunnel = OpenTunnel.through(client.wire(), "/chat", PAIR.upstream())) {
			client.send(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
			for (int round = 0; round < 3; round++) {
				tunnel.assertCarries("still here");
			}
		}
	}

	@Test
	void endsAllTunnelsWithTheirConnection() {
		List<Causes> causes = Stream.of("client-reset")
			.map((cause) -> Causes.expect(PAIR.gateway(), cause, 1006))
			.toList();
		Http2Client client = PAIR.gateway().connectHttp2();
		List<OpenTunnel> tunnels = open(client, STREAMS);
		client.reset();
		tunnels.forEach((tunnel) -> tunnel.upstream().awaitEnd());
		causes.forEach(Causes::await);
		tunnels.forEach((tunnel) -> tunnel.upstream().close());
	}

	@Test
	void saysGoAwayAfterTheCloseFramesWhenItStops() {
		Gateway stopping = Gateway.with()
			.front(Front.H2C)
			.route("chat", PAIR.upstream().uri())
			.property("server.shutdown", "graceful")
			.property("switchgate.drain.grace", "1m")
			.start();
		try (Http2Client client = stopping.connectHttp2();
				OpenTunnel tunnel = OpenTunnel.through(client.wire(), "/chat", PAIR.upstream())) {
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
			CloseFrames.expect(tunnel.client().frame(), false, 1001, "Going away");
			assertThat(client.hasGoAway()).isFalse();
			tunnel.client().send(Frame.close(1001, "").mask().bytes());
			CloseFrames.expect(tunnel.upstream().frame(), true, 1001, "Going away");
			tunnel.upstream().send(Frame.close(1001, "").bytes());
			assertThat(tunnel.client().rest()).isEmpty();
			assertThat(client.goAway()).isEqualTo(Http2Error.NO_ERROR);
			client.awaitEnd();
			stopped.join();
		}
	}

	@Test
	void servesPlainRequestsBesideTunnels() {
		try (Http2Client client = PAIR.gateway().connectHttp2();
				OpenTunnel tunnel = OpenTunnel.through(client.wire(), "/chat", PAIR.upstream())) {
			Wire plain = client.wire().send("GET /chat/plain HTTP/1.1\nHost: a\n\n");
			try (Wire upstream = PAIR.accept()) {
				assertThat(upstream.head()).startsWith("GET /chat/plain HTTP/1.1\n");
				upstream.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
				assertThat(plain.head()).startsWith("HTTP/1.1 200 OK\n");
				assertThat(plain.rest()).isEqualTo("ok".getBytes(StandardCharsets.US_ASCII));
			}
			tunnel.assertCarries("still here");
		}
	}

}
