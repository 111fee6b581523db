package io.switchgate.gateway;

import java.util.List;

import io.netty.channel.Channel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Channels;
import io.switchgate.fixture.Frame;
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

	private static String tls(boolean tls) {
		return tls ? "SslHandler, " : "";
	}

	private static String shape(List<Channel> channels) {
		return String.join(", ", Channels.shape(channels.get(channels.size() - 1)));
	}

}
