package io.switchgate.gateway;

import java.util.List;

import io.netty.channel.Channel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Channels;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Http2Upstream;
import io.switchgate.fixture.Lane;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Alarm for new versions of Reactor Netty: what is left of the pipelines after the
 * switch.
 */
class PipelineGatewayTests {

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#http1")
	void leavesOnlyTlsTheTunnelAndTheTailAfterTheSwitch(Lane lane) {
		try (Lane.Ends ends = lane.open()) {
			ends.client().send(Frame.asText("a"));
			ends.upstream().frame();
			Channels channels = lane.gateway().channels();
			assertThat(shape(channels.clients()))
				.isEqualTo(tls(lane.front().isTls()) + "TunnelEnd, ChannelOperationsHandler");
			assertThat(shape(channels.upstreams())).isEqualTo(tls(lane.tlsUpstream()) + "TunnelEnd");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void leavesOnlyTheTunnelInStreamsAfterTheSwitch(boolean tls) {
		try (Http2Upstream upstreams = Http2Upstream.start(tls);
				Gateway gateway = Gateway.with()
					.front(tls ? Front.H2 : Front.H2C)
					.route("chat", upstreams.uri(), "UpstreamHttpVersion=2")
					.trustUpstream()
					.start();
				StreamEnds ends = StreamEnds.open(gateway, "/chat", upstreams)) {
			ends.assertRelays();
			Channels channels = gateway.channels();
			assertThat(channels.clients()).extracting(PipelineGatewayTests::shape)
				.containsExactly(tls(tls)
						+ "AnswerLimit, Http2FrameCodec, SmallFrames, UnknownFrames, Http2MultiplexHandler, ConnectionErrors",
						"StreamData, StreamBytes, TunnelEnd, ProtocolHeaderHandler, Http2StreamFrameToHttpObjectCodec, "
								+ "ChannelOperationsHandler");
			assertThat(channels.upstreams()).extracting(PipelineGatewayTests::shape)
				.containsExactly(tls(tls) + "FlushConsolidationHandler, Http2FrameCodec, Http2MultiplexHandler, "
						+ "H2MaxConcurrentStreamsHandler, SharedConnection", "StreamBytes, TunnelEnd");
		}
	}

	private static String tls(boolean tls) {
		return tls ? "SslHandler, " : "";
	}

	private static String shape(List<Channel> channels) {
		return shape(channels.get(channels.size() - 1));
	}

	private static String shape(Channel channel) {
		return String.join(", ", Channels.shape(channel));
	}

}
