package io.switchgate.load;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Load tests of the memory for thousands of idle tunnels, with pings of the gateway.
 */
class IdleLoadTests {

	private static final int GROUPS = 18;

	private static final int CLIENTS_OF_GROUP = 500;

	private static final int TUNNELS = GROUPS * CLIENTS_OF_GROUP;

	private static final int WARM_UPS = 18;

	private static final int CLASSES = 15;

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	/**
	 * Time until all tunnels have been idle long enough for a ping, and have answered it.
	 */
	private static final Duration PINGS = Duration.ofSeconds(90);

	/**
	 * Bytes that may remain in tables that grew, and in queues of cancelled timers.
	 */
	private static final long NOISE = 4 * 1024 * 1024;

	private static final Report REPORT = new Report("9,000 idle tunnels", "KiB of heap for each",
			"KiB of Netty's direct memory", "KiB of resident memory", "heap / direct / RSS in all");

	private static final Report CLASSES_REPORT = new Report("bytes for each tunnel", "class");

	private static EventLoopGroup loops;

	private static EchoUpstream upstream;

	@BeforeAll
	static void start() {
		loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
		upstream = EchoUpstream.start(loops);
	}

	@AfterAll
	static void stop() {
		upstream.close();
		loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
		REPORT.print("idle");
		CLASSES_REPORT.print("idle-classes");
	}

	/**
	 * Heap of the default kind: the resident memory grows with it.
	 */
	@Test
	void keepsTunnelsInAHeapThatGrows() {
		measure("-Xmx1g, G1", List.of("-XX:+UseG1GC"));
	}

	/**
	 * Heap that is resident from the start: the resident memory grows only by what is
	 * outside of the heap.
	 */
	@Test
	void keepsTunnelsInASmallHeap() {
		measure("-Xmx112m, all of it resident",
				List.of("-Xms112m", "-Xmx112m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch"));
	}

	private static void measure(String name, List<String> options) {
		try (GatewayProcess gateway = GatewayProcess.start(options, upstream.uri())) {
			for (int i = 0; i < WARM_UPS; i++) {
				close(gateway, open(gateway, 1));
			}
			gateway.pongs();
			Histogram classesBefore = gateway.histogram();
			Figures before = gateway.rest();
			List<Swarm> clients = open(gateway, GROUPS);
			report(name + ": before the first ping", before, gateway.rest());
			Awaitility.await().atMost(PINGS).until(() -> gateway.pongs() == 2 * TUNNELS);
			Histogram classes = gateway.histogram();
			report(name + ": when both ends have answered a ping", before, gateway.rest());
			classes.growthSince(classesBefore, TUNNELS, CLASSES)
				.forEach((growth) -> CLASSES_REPORT.row(number(growth.bytes()), "`" + growth.name() + "`"));
			clients.forEach(Swarm::talk);
			awaitSum(clients, Swarm::echoes);
			report(name + ": after an echo in each", before, gateway.rest());
			assertThat(clients.stream().mapToLong(Swarm::losses).sum()).as("tunnels lost").isZero();
			close(gateway, clients);
			Figures after = gateway.rest();
			report(name + ": when all are closed", before, after);
			assertThat(after.heap()).as("heap").isLessThan(before.heap() + NOISE);
		}
	}

	/**
	 * Opens tunnels group by group, to keep the memory for concurrent handshakes out of
	 * the figures.
	 */
	private static List<Swarm> open(GatewayProcess gateway, int groups) {
		List<Swarm> clients = Stream.generate(() -> new Swarm(loops, gateway.port(), CLIENTS_OF_GROUP))
			.limit(groups)
			.toList();
		clients.forEach((group) -> {
			group.connect();
			group.awaitAllOpen(DEADLINE);
		});
		return clients;
	}

	private static void close(GatewayProcess gateway, List<Swarm> clients) {
		clients.forEach(Swarm::close);
		Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(gateway.tunnels()).isZero());
	}

	private static void awaitSum(List<Swarm> clients, ToLongFunction<Swarm> count) {
		Awaitility.await()
			.atMost(DEADLINE)
			.untilAsserted(() -> assertThat(clients.stream().mapToLong(count).sum()).isEqualTo(TUNNELS));
	}

	private static void report(String name, Figures before, Figures now) {
		REPORT.row(name, kibibytes(now.heap() - before.heap()), kibibytes(now.direct() - before.direct()),
				kibibytes(now.resident() - before.resident()), now.megabytes());
	}

	private static String kibibytes(long bytes) {
		return number(bytes / 1024.0 / TUNNELS);
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, "%.2f", value);
	}

}
