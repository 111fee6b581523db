package io.switchgate.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Load tests of heads that never end: the gateway closes these connections, and serves
 * other clients meanwhile.
 */
class SlowlorisLoadTests {

	private static final int WARM_UP = 500;

	private static final int CLIENTS = 2_000;

	private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(3);

	private static final Duration DEADLINE = Duration.ofSeconds(30);

	@Test
	void timesOutEveryHeadWhileOthersAreServed() {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try (EchoUpstream upstream = EchoUpstream.start(loops);
				GatewayProcess gateway = GatewayProcess.start(upstream.uri(), "switchgate.client.head-timeout=3s")) {
			IntStream.range(0, WARM_UP).forEach((i) -> exchange(gateway));
			long files = gateway.openFiles();
			gateway.peaks();
			SlowClients slow = new SlowClients(CLIENTS);
			slow.connect(loops, gateway.port());
			List<Long> exchanges = new ArrayList<>();
			long end = System.nanoTime() + DEADLINE.toNanos();
			while (!slow.areGone() && System.nanoTime() < end) {
				exchanges.add(exchange(gateway));
			}
			report(gateway.peaks(), slow, exchanges.stream().mapToLong(Long::longValue).sorted().toArray());
			assertThat(slow.lives()).as("connections closed").hasSize(CLIENTS);
			assertThat(slow.answered("HTTP/1.1 408 ")).as("answers 408").isEqualTo(CLIENTS);
			assertThat(slow.lives()[0]).isGreaterThanOrEqualTo(HEAD_TIMEOUT.toMillis() - 50);
			assertThat(slow.lives()[CLIENTS - 1]).isLessThan(2 * HEAD_TIMEOUT.toMillis());
			assertThat(gateway.openFiles()).isLessThanOrEqualTo(files);
		}
		finally {
			loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
		}
	}

	/**
	 * Opens a tunnel and sends a message through it.
	 * @return microseconds from the connection to the echo
	 */
	private static long exchange(GatewayProcess gateway) {
		long start = System.nanoTime();
		try (Wire client = Wire.connect(gateway.port())) {
			client.send(Handshakes.request(GatewayProcess.PATH));
			assertThat(client.head()).startsWith("HTTP/1.1 101 ");
			client.send(Frame.text("hi").mask().bytes());
			assertThat(client.frame().text()).isEqualTo("hi");
			return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
		}
	}

	private static void report(Figures peaks, SlowClients slow, long[] exchanges) {
		new Report("slow clients", "answered 408", "closed after (median / 99 % / last)",
				"handshakes with echo meanwhile", "median / 99 % / longest", "longest stall of an event loop",
				"peak heap / direct / RSS")
			.row(Integer.toString(CLIENTS), Long.toString(slow.answered("HTTP/1.1 408 ")),
					Report.spread(slow.lives()) + " ms", Integer.toString(exchanges.length),
					Report.spread(exchanges) + " µs", peaks.stallMillis() + " ms", peaks.megabytes())
			.print("slowloris");
	}

}
