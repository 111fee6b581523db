package io.switchgate.load;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Load tests of thousands of resets, at random points and from either end: no tunnel,
 * file or buffer remains.
 */
class ResetLoadTests {

	private static final int WARM_UP = 1_000;

	private static final int RESETS = 10_000;

	private static final int CLIENTS_AT_A_TIME = 32;

	private static final int DEADLINE_SECONDS = 100;

	private ExecutorService threads;

	private ScriptedUpstream upstreams;

	@BeforeEach
	void start() {
		this.threads = Executors.newCachedThreadPool();
		this.upstreams = ScriptedUpstream.start();
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.upstreams.close();
	}

	@Test
	void leavesNothingBehindWhereverConnectionsAreReset() throws Exception {
		try (GatewayProcess gateway = GatewayProcess.startParanoid(this.upstreams.uri(),
				"logging.level.switchgate.access=warn")) {
			this.threads.execute(this::serve);
			reset(gateway, WARM_UP);
			awaitNoTunnels(gateway);
			gateway.rest();
			long files = gateway.openFiles();
			gateway.peaks();
			long start = System.nanoTime();
			reset(gateway, RESETS);
			long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
			Figures peaks = gateway.peaks();
			awaitNoTunnels(gateway);
			Awaitility.await().untilAsserted(() -> assertThat(gateway.openFiles()).isLessThanOrEqualTo(files));
			Figures rest = gateway.rest();
			report(millis, peaks, rest, files, gateway);
			assertThat(gateway.log("LEAK:")).isEmpty();
			assertThat(gateway.log("")).as("lines of log").hasSizeLessThan(RESETS / 10);
			assertServes(gateway);
		}
	}

	private void serve() {
		Random random = new Random(0);
		while (!Thread.currentThread().isInterrupted()) {
			try {
				Wire wire = this.upstreams.accept();
				long seed = random.nextLong();
				this.threads.execute(() -> ResetPoint.runUpstream(wire, new Random(seed)));
			}
			catch (UncheckedIOException ex) {
				return;
			}
		}
	}

	private static void reset(GatewayProcess gateway, int connections) throws InterruptedException {
		List<ResetPoint> points = List.of(ResetPoint.values());
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS_AT_A_TIME);
		IntStream.range(0, connections)
			.forEach((i) -> clients
				.execute(() -> points.get(i % points.size()).runClient(gateway.port(), new Random(i))));
		clients.shutdown();
		assertThat(clients.awaitTermination(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
	}

	private static void awaitNoTunnels(GatewayProcess gateway) {
		Awaitility.await().untilAsserted(() -> assertThat(gateway.tunnels()).isZero());
	}

	private void assertServes(GatewayProcess gateway) {
		try (Wire client = Wire.connect(gateway.port())) {
			client.send(Handshakes.request(GatewayProcess.PATH + "/" + ResetPoint.CLIENT_AFTER_ANSWER));
			assertThat(client.head()).startsWith("HTTP/1.1 101 ");
		}
	}

	private static void report(long millis, Figures peaks, Figures rest, long files, GatewayProcess gateway) {
		new Report("resets", "took", "open files before / after", "tunnels after", "buffers leaked",
				"longest stall of an event loop", "peak heap / direct / RSS", "after: heap / direct / RSS",
				"lines of log")
			.row(Integer.toString(RESETS), millis + " ms", files + " / " + gateway.openFiles(),
					Long.toString(gateway.tunnels()), Integer.toString(gateway.log("LEAK:").size()),
					peaks.stallMillis() + " ms", peaks.megabytes(), rest.megabytes(),
					Integer.toString(gateway.log("").size()))
			.print("resets");
	}

}
