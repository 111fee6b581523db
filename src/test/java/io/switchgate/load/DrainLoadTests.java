package io.switchgate.load;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Load tests of a drain: SIGTERM while thousands of clients exchange messages.
 */
class DrainLoadTests {

	private static final int CLIENTS = 5_000;

	private static final int HANDSHAKES_AT_ONCE = 50;

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static final Duration TIME = Duration.ofSeconds(20);

	/**
	 * Drain time, grace, the wait for the answers of both ends, and a second each for
	 * bytes on their way and for the cut.
	 */
	private static final Duration BOUND = TIME.plusSeconds(5 + 2 * 3 + 1 + 1);

	/**
	 * Time that the process needs for its exit after the drain.
	 */
	private static final Duration EXIT = Duration.ofSeconds(5);

	private static final int TENTHS = 10;

	private static final PrintStream CONSOLE = System.out;

	private static final Report REPORT = new Report("clients", "saw 1001", "saw 1006", "upstream saw 1001",
			"messages cut, out of order", "messages sent / arrived / returned", "closes in each tenth of 20 s",
			"last close, exit", "longest stall of an event loop", "peak heap / direct / RSS");

	private static EventLoopGroup loops;

	@BeforeAll
	static void start() {
		loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
	}

	@AfterAll
	static void stop() {
		loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
		REPORT.print("drain");
	}

	@Test
	void closesEveryTunnelInGoodOrder() {
		assertThat(drain(0)).isLessThan(TIME.plus(EXIT));
	}

	@Test
	void endsInTimeWhereHalfOfTheClientsNeverAnswer() {
		assertThat(drain(CLIENTS / 2)).isLessThan(BOUND.plus(EXIT));
	}

	/**
	 * Drains a gateway.
	 * @param mute number of clients that never answer a close frame
	 * @return time from SIGTERM to the end of the process
	 */
	private static Duration drain(int mute) {
		try (ChatUpstream upstream = ChatUpstream.start(loops);
				GatewayProcess gateway = GatewayProcess.start(upstream.uri())) {
			List<ChatClient> clients = connect(gateway, mute);
			await(clients, (client) -> client.received().messages() > 2);
			gateway.peaks();
			long began = System.nanoTime();
			gateway.terminate();
			Awaitility.await()
				.atMost(BOUND)
				.until(() -> clients.stream().filter(DrainLoadTests::isOpen).count() < CLIENTS / TENTHS);
			Figures peaks = gateway.peaks();
			gateway.awaitExit(BOUND.plus(EXIT).plus(EXIT));
			Duration exit = Duration.ofNanos(System.nanoTime() - began);
			await(clients, ChatClient::hasEnded);
			long[] closes = clients.stream()
				.mapToLong((client) -> TimeUnit.NANOSECONDS.toMillis(client.received().closedAt() - began))
				.sorted()
				.toArray();
			report(clients, upstream, Arrays.toString(tenths(closes)),
					closes[CLIENTS - 1] + " ms, " + exit.toMillis() + " ms", peaks);
			gateway.log("Drain of").forEach(CONSOLE::println);
			assertThat(clients).allSatisfy((client) -> assertEndedWell(client, upstream.from(client.path())));
			assertEven(tenths(closes));
			return exit;
		}
	}

	private static boolean isOpen(ChatClient client) {
		return client.received().code() == Received.NO_CLOSE_FRAME;
	}

	private static void await(List<ChatClient> clients, Predicate<ChatClient> state) {
		Awaitility.await().atMost(DEADLINE).until(() -> clients.stream().allMatch(state));
	}

	private static void assertEven(int... tenths) {
		assertThat(Arrays.stream(tenths).boxed())
			.allSatisfy((closes) -> assertThat(closes).isBetween(CLIENTS * 5 / 100, CLIENTS * 15 / 100));
	}

	/**
	 * Connects all clients, a limited number at a time.
	 */
	private static List<ChatClient> connect(GatewayProcess gateway, int mute) {
		Queue<ChatClient> waiting = new ConcurrentLinkedQueue<>();
		AtomicInteger open = new AtomicInteger();
		Runnable next = () -> {
			ChatClient client = waiting.poll();
			if (client != null) {
				client.connect(loops, gateway.port());
			}
		};
		List<ChatClient> clients = IntStream.range(0, CLIENTS)
			.mapToObj((i) -> new ChatClient(GatewayProcess.PATH + "/" + i, i % 2 == 0 && i < 2 * mute, () -> {
				open.incrementAndGet();
				next.run();
			}))
			.toList();
		waiting.addAll(clients);
		IntStream.range(0, HANDSHAKES_AT_ONCE).forEach((i) -> next.run());
		Awaitility.await().atMost(DEADLINE).until(() -> open.get() == CLIENTS);
		return clients;
	}

	/**
	 * Asserts that a client got a close frame with 1001 and no cut message. If it has
	 * answered, also asserts that the upstream got all of its messages.
	 */
	private static void assertEndedWell(ChatClient client, Received upstream) {
		assertThat(client.received().code()).isEqualTo(1001);
		assertThat(client.received().isCut()).isFalse();
		assertThat(client.received().wrong()).isZero();
		assertThat(upstream.wrong()).isZero();
		if (!client.isMute()) {
			assertThat(upstream.code()).isEqualTo(1001);
			assertThat(upstream.isCut()).isFalse();
			assertThat(upstream.messages()).isEqualTo(client.sent());
		}
	}

	private static void report(List<ChatClient> clients, ChatUpstream upstream, String tenths, String times,
			Figures peaks) {
		List<Received> returned = clients.stream().map(ChatClient::received).toList();
		List<Received> arrived = clients.stream().map(ChatClient::path).map(upstream::from).toList();
		long mute = clients.stream().filter(ChatClient::isMute).count();
		REPORT.row(clients.size() + ", " + mute + " mute", count(returned, 1001),
				count(returned, Received.NO_CLOSE_FRAME), count(arrived, 1001),
				faults(returned) + " at clients; " + faults(arrived) + " at the upstream",
				clients.stream().mapToInt(ChatClient::sent).sum() + " / " + messages(arrived) + " / "
						+ messages(returned),
				tenths, times, peaks.stallMillis() + " ms", peaks.megabytes());
	}

	private static String count(List<Received> ends, int code) {
		return Long.toString(ends.stream().filter((end) -> end.code() == code).count());
	}

	private static String faults(List<Received> ends) {
		return ends.stream().filter(Received::isCut).count() + ", " + ends.stream().mapToInt(Received::wrong).sum();
	}

	private static int messages(List<Received> ends) {
		return ends.stream().mapToInt(Received::messages).sum();
	}

	/**
	 * Returns the number of clients that got their close frame, for each tenth of the
	 * drain time.
	 */
	private static int[] tenths(long[] closes) {
		int[] tenths = new int[TENTHS];
		for (long millis : closes) {
			tenths[(int) Math.min(TENTHS - 1, millis * TENTHS / TIME.toMillis())]++;
		}
		return tenths;
	}

}
