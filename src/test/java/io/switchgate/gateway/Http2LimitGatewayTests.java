package io.switchgate.gateway;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameTypes;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Client;
import io.switchgate.fixture.Http2Stream;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What one connection of HTTP/2 may cost: a client that wants more loses its connection,
 * and nobody else notices.
 */
class Http2LimitGatewayTests {

	@AutoClose
	private final ScriptedUpstream upstreams = ScriptedUpstream.start();

	@AutoClose
	private final Gateway gateway = Gateway.with()
		.front(Front.H2C)
		.route("chat", this.upstreams.uri())
		.property("switchgate.client.streams", "3")
		.start();

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

	static Stream<Lane> clear() {
		return Lane.all().filter((lane) -> lane.front() == Front.H2C && !lane.tlsUpstream());
	}

	@ParameterizedTest
	@MethodSource("clear")
	void answersManyPings(Lane lane) throws IOException {
		try (Wire client = pings(lane, 900)) {
			DataInputStream frames = new DataInputStream(client.input());
			for (int answers = 0; answers < 900;) {
				int lengthAndType = frames.readInt();
				frames.skipNBytes(5 + (lengthAndType >>> 8));
				if ((lengthAndType & 0xff) == Http2FrameTypes.PING) {
					answers++;
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("clear")
	void endsAConnectionThatSendsPingsForEver(Lane lane) {
		try (Wire client = pings(lane, 1100)) {
			client.awaitEnd();
		}
	}

	private static Wire pings(Lane lane, int number) {
		byte[] preface = Wire.crlf("PRI * HTTP/2.0\n\nSM\n\n");
		ByteBuffer bytes = ByteBuffer.allocate(preface.length + (1 + number) * 17).put(preface);
		bytes.putInt(Http2FrameTypes.SETTINGS).put(new byte[5]);
		for (int i = 0; i < number; i++) {
			bytes.putInt((8 << 8) | Http2FrameTypes.PING).put(new byte[13]);
		}
		return Wire.connect(lane.gateway().port()).send(Arrays.copyOf(bytes.array(), bytes.position()));
	}

}
