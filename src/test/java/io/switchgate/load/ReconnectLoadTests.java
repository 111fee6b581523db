package io.switchgate.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An upstream resets all tunnels, and all clients come back at the same moment.
 */
class ReconnectLoadTests {

	private static final int CLIENTS = 5_000;

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static final Report REPORT = new Report("settings", "clients", "all open at first after",
			"back after (median / 99 % / last)", "503", "other failures", "longest stall of an event loop",
			"peak heap / direct / RSS", "open files");

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
		REPORT.print("reconnect");
	}

	@Test
	void bringsEveryClientBackWithDefaultSettings() {
		storm("defaults");
	}

	@Test
	void bringsEveryClientBackAtABoundedRate() {
		storm("`switchgate.handshake.rate=1000`", "switchgate.handshake.rate=1000");
	}

	private void storm(String settings, String... properties) {
		try (GatewayProcess gateway = GatewayProcess.start(upstream.uri(), properties);
				Swarm swarm = new Swarm(loops, gateway.port(), CLIENTS)) {
			swarm.connect();
			swarm.awaitAllOpen(DEADLINE);
			long[] first = swarm.absences();
			awaitTunnels(gateway);
			gateway.peaks();
			swarm.startCounting();
			upstream.resetAll();
			swarm.awaitAllBack(DEADLINE);
			Figures peaks = gateway.peaks();
			REPORT.row(settings, Integer.toString(CLIENTS), first[CLIENTS - 1] + " ms",
					Report.spread(swarm.absences()) + " ms", Long.toString(swarm.turnedAway()), swarm.failures(),
					peaks.stallMillis() + " ms", peaks.megabytes(), Long.toString(gateway.openFiles()));
			awaitTunnels(gateway);
		}
	}

	private static void awaitTunnels(GatewayProcess gateway) {
		Awaitility.await().atMost(DEADLINE).untilAsserted(() -> {
			assertThat(gateway.tunnels()).isEqualTo(CLIENTS);
			assertThat(upstream.connections()).isEqualTo(CLIENTS);
		});
	}

}
