package io.switchgate.gateway;

import java.io.IOException;

import io.netty.handler.codec.http2.Http2Error;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Client;
import io.switchgate.fixture.Http2Stream;
import io.switchgate.fixture.ScriptedUpstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What one connection of HTTP/2 may cost: a client that wants more loses its connection,
 * and nobody else notices.
 */
class Http2LimitGatewayTests {

	private ScriptedUpstream upstreams;

	private Gateway gateway;

	@BeforeEach
	void start() {
		this.upstreams = ScriptedUpstream.start();
		this.gateway = Gateway.with()
			.front(Front.H2C)
			.route("chat", this.upstreams.uri())
			.property("switchgate.client.streams", "3")
			.start();
	}

	@AfterEach
	void stop() {
		this.gateway.close();
		this.upstreams.close();
	}

	@Test
	void refusesTheStreamAboveTheLimitUntilAnotherEnds() throws IOException {
		try (Http2Client client = this.gateway.connectHttp2()) {
			assertThat(client.settings().maxConcurrentStreams()).isEqualTo(3);
			client.ignoreMaxConcurrentStreams();
			OpenTunnel first = open(client);
			try (OpenTunnel second = open(client); OpenTunnel third = open(client)) {
				Http2Stream fourth = client.stream().send(Handshakes.connect("/chat"), false);
				assertThat(fourth.next()).isEqualTo(new Http2Stream.Reset(Http2Error.REFUSED_STREAM));
				first.close();
				first.upstream().awaitEnd();
				open(client).close();
				second.assertCarries("still here");
				third.assertCarries("still here");
			}
		}
	}

	private OpenTunnel open(Http2Client client) {
		return OpenTunnel.through(client.wire(), "/chat", this.upstreams);
	}

	/**
	 * What it still sends resets the connection, so that a GOAWAY may not arrive.
	 */
	@Test
	void endsAConnectionThatOpensAndResetsStreamsForEver() {
		try (OpenTunnel other = OpenTunnel.through(this.gateway, "/chat", this.upstreams);
				Http2Client client = this.gateway.connectHttp2()) {
			assertThatThrownBy(() -> {
				for (int i = 0; i < 10_000; i++) {
					client.stream().send(Handshakes.connect("/nowhere"), false).reset(Http2Error.CANCEL);
				}
			}).isNotNull();
			client.awaitEnd();
			other.assertCarries("still here");
		}
	}

}
