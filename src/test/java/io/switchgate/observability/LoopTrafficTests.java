package io.switchgate.observability;

import java.util.List;
import java.util.stream.IntStream;

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
 * Tests of how counts of an event loop are published to meters.
 */
class LoopTrafficTests {

	private static final int ENOUGH = 1000;

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final DefaultEventLoop loop = new DefaultEventLoop();

	private final LoopMeters meters = new LoopMeters(this.loop, 0, new SimpleMeterRegistry());

	private final LoopTraffic traffic = traffic("chat");

	@AfterEach
	void stop() {
		this.loop.shutdownGracefully();
	}

	private LoopTraffic traffic(String route) {
		return new LoopTraffic(new DirectionMeters(route, Direction.TO_CLIENT, this.registry), this.meters);
	}

	private DistributionSummary sizes() {
		return this.registry.get(GatewayMeters.MESSAGE_SIZE.meterName()).summary();
	}

	@Test
	void publishesCountSumAndMaximumOfMessagesExactly() {
		this.traffic.message(64);
		this.traffic.message(40);
		this.traffic.message(41);
		this.traffic.message(0);
		this.traffic.message(70_000);
		this.traffic.message(100_000);
		this.traffic.message(-1);

		this.traffic.publish(ENOUGH);

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

		this.traffic.publish(ENOUGH);

		assertThat(this.registry.scrape()).contains(bucket(bucket, 2)).contains(bucket(bucket / 4, 0));
	}

	private static String bucket(int limit, int count) {
		return "switchgate_tunnel_message_size_bytes_bucket{direction=\"to-client\",route=\"chat\",le=\"%s\"} %d"
			.formatted((double) limit, count);
	}

	@Test
	void publishesNothingTwice() {
		this.traffic.frame(1);
		this.traffic.message(10);
		this.traffic.batch(16);

		this.traffic.publish(ENOUGH);
		this.traffic.publish(ENOUGH);

		assertThat(this.registry.get(GatewayMeters.TUNNEL_BYTES.meterName()).counter().count()).isEqualTo(16);
		assertThat(this.registry.get(GatewayMeters.TUNNEL_FRAMES.meterName()).tag("kind", "text").counter().count())
			.isOne();
		assertThat(sizes().count()).isOne();
	}

	@Test
	void recordsASampleOfAFloodInWhichEachSizeHasItsShare() {
		for (int i = 0; i < 1_000_000; i++) {
			this.traffic.message(0);
			this.traffic.message(1000);
			this.traffic.message(200);
			this.traffic.message(200);
		}
		this.traffic.message(5000);

		this.traffic.publish(ENOUGH);

		assertThat(messages("chat")).isEqualTo(4_000_001);
		assertThat(sizes().count()).isBetween(ENOUGH - 5L, ENOUGH + 5L);
		assertThat(sizes().max()).isEqualTo(5000);
		assertThat(sizes().mean()).isBetween(345.0, 365.0);
		assertThat(this.registry.scrape()).contains(bucket(64, 250), bucket(256, 750), bucket(1024, 1000));
	}

	@Test
	void publishesALimitedNumberOfRoutesAtATime() {
		List<String> routes = IntStream.range(0, 100).mapToObj((i) -> "route" + i).toList();
		for (String route : routes) {
			LoopTraffic ofRoute = traffic(route);
			for (int i = 0; i < 100_000; i++) {
				ofRoute.message(10);
			}
			ofRoute.batch(1_600_000);
		}

		this.meters.publish();

		assertThat(routes).filteredOn((route) -> messages(route) > 0).hasSize(64);
		assertThat(sizesOfAll()).isBetween(4096L, 4096 + 64L * 2);

		this.meters.publish();

		assertThat(routes).allSatisfy((route) -> assertThat(messages(route)).isEqualTo(100_000));
	}

	private double messages(String route) {
		return this.registry.get(GatewayMeters.TUNNEL_MESSAGES.meterName()).tag("route", route).counter().count();
	}

	private long sizesOfAll() {
		return this.registry.get(GatewayMeters.MESSAGE_SIZE.meterName())
			.summaries()
			.stream()
			.mapToLong(DistributionSummary::count)
			.sum();
	}

}
