package io.switchgate.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Causes;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Stream;
import io.switchgate.fixture.Http2Upstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tunnels to upstreams over HTTP/2 are streams, and behave as connections do.
 */
class Http2UpstreamTunnelGatewayTests {

	@AutoClose
	private static final Http2Upstream CLEAR = Http2Upstream.start(false);

	@AutoClose
	private static final Http2Upstream TLS = Http2Upstream.start(true);

	private static final String FILTER = "UpstreamHttpVersion=2";

	@AutoClose
	private static final Gateway GATEWAY = Gateway.with()
		.route("clear", CLEAR.uri(), FILTER)
		.route("tls", TLS.uri(), FILTER)
		.trustUpstream()
		.start();

	private static Http2Upstream upstream(String route) {
		return route.equals("tls") ? TLS : CLEAR;
	}

	@ParameterizedTest
	@ValueSource(strings = { "clear", "tls" })
	void carriesBytesBothWays(String route) throws Exception {
		byte[] bytes = new byte[3_000_000];
		new Random(1).nextBytes(bytes);
		byte[] frame = Frame.binary(bytes).bytes();
		byte[] masked = Frame.binary(bytes).mask().bytes();
		try (Wire client = GATEWAY.connect()) {
			client.send(Handshakes.request("/" + route));
			try (Wire upstream = upstream(route).acceptWire()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED);
				client.head();
				Thread back = new Thread(() -> upstream.send(frame));
				back.start();
				assertThat(client.read(frame.length)).isEqualTo(frame);
				back.join();
				Thread forth = new Thread(() -> client.send(masked));
				forth.start();
				assertThat(upstream.read(masked.length)).isEqualTo(masked);
				forth.join();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "clear", "tls" })
	void deliversWhatCameBehindTheAnswer(String route) throws Exception {
		for (int i = 0; i < 20; i++) {
			try (Wire client = GATEWAY.connect()) {
				client.send(Handshakes.request("/" + route)
						+ new String(Frame.text("up").mask().bytes(), StandardCharsets.ISO_8859_1));
				Http2Stream upstream = upstream(route).accept();
				upstream.next();
				upstream.sendTogether(status("200"), Frame.text("one").bytes(), Frame.text("two").bytes());
				client.head();
				assertThat(client.frame().text()).isEqualTo("one");
				assertThat(client.frame().text()).isEqualTo("two");
				assertThat(client.rest()).isEmpty();
			}
		}
	}

	private static Http2Headers status(String status) {
		return new DefaultHttp2Headers().status(status);
	}

	@Test
	void namesTheEndsOfStreams() {
		assertCause("client-close", 1000, (ends) -> {
			ends.client().send(Frame.close(1000, "").mask().bytes());
			assertThat(ends.upstream().frame().code()).isEqualTo(1000);
			ends.upstream().send(Frame.close(1000, "").bytes());
			ends.upstream().fin();
			assertThat(ends.client().frame().code()).isEqualTo(1000);
			assertThat(ends.client().rest()).isEmpty();
			assertThat(ends.upstream().rest()).isEmpty();
		});
		assertCause("upstream-fin", 1006, (ends) -> {
			ends.upstream().fin();
			ends.client().awaitEnd();
			ends.client().fin();
		});
		assertCause("client-fin", 1006, (ends) -> {
			ends.client().fin();
			assertThat(ends.upstream().rest()).isEmpty();
			ends.upstream().send(Frame.text("late").bytes());
			assertThat(ends.client().frame().text()).isEqualTo("late");
			ends.upstream().fin();
			ends.client().awaitEnd();
		});
		assertCause("upstream-reset", 1006, (ends) -> {
			ends.upstream().reset();
			ends.client().awaitEnd();
		});
		assertCause("client-reset", 1006, (ends) -> {
			ends.client().reset();
			ends.upstream().awaitEnd();
		});
	}

	private static void assertCause(String cause, int code, Consumer<StreamEnds> end) {
		try (StreamEnds ends = StreamEnds.open(GATEWAY, "/clear", CLEAR)) {
			Causes causes = Causes.expect(GATEWAY, cause, code);
			end.accept(ends);
			causes.await();
		}
	}

	@Test
	void endsItsTunnelsWithTheConnection() {
		try (StreamEnds first = StreamEnds.open(GATEWAY, "/clear", CLEAR);
				StreamEnds second = StreamEnds.open(GATEWAY, "/clear", CLEAR)) {
			Causes causes = Causes.expect(GATEWAY, "upstream-reset", 1006);
			CLEAR.reset();
			first.client().awaitEnd();
			second.client().awaitEnd();
			causes.await();
		}
		try (StreamEnds next = StreamEnds.open(GATEWAY, "/clear", CLEAR)) {
			next.assertRelays();
		}
	}

	@Test
	void endsItsTunnelsWithTls() {
		try (StreamEnds ends = StreamEnds.open(GATEWAY, "/tls", TLS)) {
			Causes causes = Causes.expect(GATEWAY, "upstream-reset", 1006);
			TLS.notifyClose();
			ends.client().awaitEnd();
			causes.await();
		}
	}

	@Test
	void opensNoTunnelOnAConnectionThatGoesAway() {
		try (StreamEnds old = StreamEnds.open(GATEWAY, "/clear", CLEAR)) {
			CLEAR.goAway();
			old.assertRelays();
			int before = CLEAR.connections();
			try (StreamEnds next = StreamEnds.open(GATEWAY, "/clear", CLEAR)) {
				next.assertRelays();
				assertThat(CLEAR.connections()).isGreaterThan(before);
			}
			old.assertRelays();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "clear", "tls" })
	void stopsWhoWritesToOneThatDoesNotRead(String route) throws Exception {
		try (StreamEnds ends = StreamEnds.open(GATEWAY, "/" + route, upstream(route))) {
			Stalled.assertStops(ends.client(), ends.upstream());
		}
		try (StreamEnds ends = StreamEnds.open(GATEWAY, "/" + route, upstream(route))) {
			Stalled.assertStops(ends.upstream(), ends.client());
		}
	}

}
