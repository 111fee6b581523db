package io.switchgate.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader that does not read stops the writer, and costs the gateway a bounded amount of
 * memory.
 */
class BackpressureGatewayTests {

	private static final int CHUNK = 16 * 1024;

	/**
	 * A frame as long as a chunk.
	 */
	private static final byte[] FRAME = Frame.binary(new byte[CHUNK - 4]).bytes();

	private static final int SMALL = 2 * CHUNK;

	private static final int BOUND = 1024 * 1024;

	private static final int TOTAL = 2 * BOUND;

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#all")
	void stopsAnUpstreamWhoseClientDoesNotRead(Lane lane) throws Exception {
		try (Lane.Ends ends = lane.open()) {
			assertWriterStops(ends.upstream(), ends.client());
		}
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#all")
	void stopsAClientWhoseUpstreamDoesNotRead(Lane lane) throws Exception {
		try (Lane.Ends ends = lane.open()) {
			assertWriterStops(ends.client(), ends.upstream());
		}
	}

	private static void assertWriterStops(Wire writer, Wire reader) throws InterruptedException {
		Stalled stalled = Stalled.start(writer, reader);
		assertThat(stalled.written()).isLessThan(BOUND);
		reader.receiveBuffer(BOUND);
		assertThat(reader.read(TOTAL)).hasSize(TOTAL);
		stalled.thread().join();
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

	/**
	 * A writer that has come to a stop.
	 *
	 * @param thread thread that still writes
	 * @param written bytes that it got rid of
	 */
	private record Stalled(Thread thread, long written) {

		static Stalled start(Wire writer, Wire reader) {
			// What the test's own sockets keep is not the gateway's.
			writer.sendBuffer(SMALL);
			reader.receiveBuffer(SMALL);
			AtomicLong written = new AtomicLong();
			Thread thread = new Thread(() -> write(writer, written), "writer");
			thread.setUncaughtExceptionHandler((failed, closed) -> {
			});
			thread.start();
			AtomicLong last = new AtomicLong(-1);
			Awaitility.await()
				.pollInterval(Duration.ofMillis(20))
				.during(Duration.ofMillis(200))
				.until(() -> last.getAndSet(written.get()) == written.get());
			return new Stalled(thread, written.get());
		}

		private static void write(Wire writer, AtomicLong written) {
			while (written.get() < TOTAL) {
				writer.send(FRAME);
				written.addAndGet(CHUNK);
			}
		}

	}

}
