package io.switchgate.observability;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.switchgate.tunnel.Direction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what the meters get of what was counted.
 */
class LoopTrafficTests {

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final DefaultEventLoop loop = new DefaultEventLoop();

	private final LoopTraffic traffic = new LoopTraffic(new DirectionMeters("chat", Direction.TO_CLIENT, this.registry),
			new LoopMeters(this.loop, 0, new SimpleMeterRegistry()));

	@AfterEach
	void stop() {
		this.loop.shutdownGracefully();
	}

	private DistributionSummary sizes() {
		return this.registry.get(GatewayMeters.MESSAGE_SIZE.meterName()).summary();
	}

	@Test
	void tellsCountSumAndMaximumOfMessagesExactly() {
		this.traffic.message(64);
		this.traffic.message(40);
		this.traffic.message(41);
		this.traffic.message(0);
		this.traffic.message(70_000);
		this.traffic.message(100_000);
		this.traffic.message(-1);

		this.traffic.publish();

		assertThat(sizes().count()).isEqualTo(6);
		assertThat(sizes().totalAmount()).isEqualTo(64 + 40 + 41 + 70_000 + 100_000);
		assertThat(sizes().max()).isEqualTo(100_000);
		assertThat(this.registry.get(GatewayMeters.TUNNEL_MESSAGES.meterName()).counter().count()).isEqualTo(7);
	}

	@ParameterizedTest
	@CsvSource({ "65, 256", "256, 256", "257, 1024", "1048576, 1048576" })
	void putsAMessageIntoTheBucketOfItsSize(int size, int bucket) {
		this.traffic.message(size);
		this.traffic.message(size);

		this.traffic.publish();

		assertThat(this.registry.scrape()).contains(bucket(bucket, 2)).contains(bucket(bucket / 4, 0));
	}

	private static String bucket(int limit, int count) {
		return "switchgate_tunnel_message_size_bytes_bucket{direction=\"to-client\",route=\"chat\",le=\"%s\"} %d"
			.formatted((double) limit, count);
	}

	@Test
	void tellsNothingTwice() {
		this.traffic.frame(1);
		this.traffic.message(10);
		this.traffic.batch(16);

		this.traffic.publish();
		this.traffic.publish();

		assertThat(this.registry.get(GatewayMeters.TUNNEL_BYTES.meterName()).counter().count()).isEqualTo(16);
		assertThat(this.registry.get(GatewayMeters.TUNNEL_FRAMES.meterName()).tag("kind", "text").counter().count())
			.isOne();
		assertThat(sizes().count()).isOne();
	}

}
