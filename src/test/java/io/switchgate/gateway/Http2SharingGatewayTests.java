package io.switchgate.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Upstream;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tunnels of one event loop to one upstream over HTTP/2 share its connections.
 */
class Http2SharingGatewayTests {

	private static final String FILTER = "UpstreamHttpVersion=2";

	@Test
	void sharesAConnection() throws Exception {
		try (Http2Upstream upstreams = Http2Upstream.start(false);
				Gateway gateway = Gateway.with()
					.route("one", upstreams.uri(), FILTER)
					.property("switchgate.transport.workers", "1")
					.start()) {
			try (StreamEnds first = StreamEnds.open(gateway, "/one", upstreams);
					StreamEnds second = StreamEnds.open(gateway, "/one", upstreams)) {
				first.assertRelays();
				second.assertRelays();
				assertThat(upstreams.connections()).isEqualTo(1);
			}
		}
	}

	@Test
	void holdsNoStreamUpForAnother() {
		try (Http2Upstream upstreams = Http2Upstream.start(false);
				Gateway gateway = Gateway.with()
					.route("one", upstreams.uri(), FILTER)
					.property("switchgate.transport.workers", "1")
					.start();
				StreamEnds slow = StreamEnds.open(gateway, "/one", upstreams);
				StreamEnds other = StreamEnds.open(gateway, "/one", upstreams)) {
			Stalled.start(slow.upstream(), slow.client());
			other.assertRelays();
			Stalled.start(slow.client(), slow.upstream());
			other.assertRelays();
			assertThat(upstreams.connections()).isEqualTo(1);
		}
	}

	@Test
	void opensConnectionsAsTheStreamsOfOneAreUsedUp() {
		try (Http2Upstream upstreams = Http2Upstream.start(false, Http2Upstream.settings().maxConcurrentStreams(2));
				Gateway gateway = Gateway.with()
					.route("one", upstreams.uri(), FILTER)
					.property("switchgate.transport.workers", "1")
					.property("switchgate.upstream.http2-connections", "2")
					.property("switchgate.problem.show-upstream", "true")
					.start();
				StreamEnds first = StreamEnds.open(gateway, "/one", upstreams);
				StreamEnds second = StreamEnds.open(gateway, "/one", upstreams);
				StreamEnds third = StreamEnds.open(gateway, "/one", upstreams)) {
			assertThat(upstreams.connections()).isEqualTo(2);
			try (StreamEnds fourth = StreamEnds.open(gateway, "/one", upstreams); Wire fifth = gateway.connect()) {
				fifth.send(Handshakes.request("/one"));
				ProblemAnswer.expect(fifth, 503, "too-many-upstream-connections", upstreams.uri());
				fourth.assertRelays();
			}
			try (StreamEnds next = StreamEnds.open(gateway, "/one", upstreams)) {
				Stream.of(first, second, third, next).forEach(StreamEnds::assertRelays);
				assertThat(upstreams.connections()).isEqualTo(2);
			}
		}
	}

	@Test
	void opensOneConnectionForManyAtOnce() {
		List<Wire> clients = new ArrayList<>();
		List<Wire> streams = new ArrayList<>();
		try (Http2Upstream upstreams = Http2Upstream.start(true);
				Gateway gateway = Gateway.with()
					.route("one", upstreams.uri(), FILTER)
					.trustUpstream()
					.property("switchgate.transport.workers", "1")
					.start()) {
			for (int i = 0; i < 50; i++) {
				clients.add(gateway.connect().send(Handshakes.request("/one")));
			}
			for (int i = 0; i < 50; i++) {
				Wire stream = upstreams.acceptWire();
				streams.add(stream);
				stream.head();
				stream.send(Handshakes.SWITCHED);
			}
			clients.forEach((client) -> assertThat(client.head()).startsWith("HTTP/1.1 101 "));
			assertThat(upstreams.connections()).isEqualTo(1);
			clients.forEach(Wire::close);
			streams.forEach(Wire::awaitEnd);
		}
	}

	@Test
	void closesAConnectionThatIsIdle() {
		try (Http2Upstream upstreams = Http2Upstream.start(false);
				Gateway gateway = Gateway.with()
					.route("one", upstreams.uri(), FILTER)
					.property("spring.cloud.gateway.server.webflux.httpclient.pool.max-idle-time", "100ms")
					.start()) {
			try (StreamEnds ends = StreamEnds.open(gateway, "/one", upstreams)) {
				Awaitility.await().during(Duration.ofMillis(500)).until(() -> upstreams.open() == 1);
				ends.assertRelays();
			}
			Awaitility.await().until(() -> upstreams.open() == 0);
			try (StreamEnds ends = StreamEnds.open(gateway, "/one", upstreams)) {
				ends.assertRelays();
			}
		}
	}

	@Test
	void waitsForNoSettingsForever() {
		try (ScriptedUpstream upstreams = ScriptedUpstream.start();
				Gateway gateway = Gateway.with()
					.route("one", upstreams.uri(), FILTER)
					.property("spring.cloud.gateway.server.webflux.httpclient.connect-timeout", "300")
					.start()) {
			for (int i = 0; i < 3; i++) {
				try (Wire client = gateway.connect()) {
					client.send(Handshakes.request("/one"));
					try (Wire upstream = upstreams.accept()) {
						ProblemAnswer.expect(client, 504, "upstream-connect-timeout");
						upstream.awaitEnd();
					}
				}
			}
		}
	}

}
