package io.switchgate.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Lane;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader that does not read stops the writer, and costs the gateway a bounded amount of
 * memory.
 */
class BackpressureGatewayTests {

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#all")
	void stopsAnUpstreamWhoseClientDoesNotRead(Lane lane) throws Exception {
		try (Lane.Ends ends = lane.open()) {
			Stalled.assertStops(ends.upstream(), ends.client());
		}
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#all")
	void stopsAClientWhoseUpstreamDoesNotRead(Lane lane) throws Exception {
		try (Lane.Ends ends = lane.open()) {
			Stalled.assertStops(ends.client(), ends.upstream());
		}
	}

	@Test
	void keepsMemoryFlatWhileManyClientsDoNotRead() {
		Lane lane = Lane.any();
		List<Lane.Ends> tunnels = new ArrayList<>();
		try {
			// The buffers of the event loops grow with the first ones.
			stall(lane, 5, tunnels);
			long before = directMemory();
			assertThat(stall(lane, 20, tunnels)).isGreaterThan(directMemory() - before);
		}
		finally {
			tunnels.forEach(Lane.Ends::close);
		}
	}

	private static long stall(Lane lane, int count, List<Lane.Ends> tunnels) {
		return IntStream.range(0, count).mapToLong((i) -> {
			Lane.Ends ends = lane.open();
			tunnels.add(ends);
			return Stalled.start(ends.upstream(), ends.client()).written();
		}).sum();
	}

	private static long directMemory() {
		return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
	}

}
