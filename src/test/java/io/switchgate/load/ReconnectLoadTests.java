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
 * Load tests of reconnects: an upstream resets all tunnels, and all clients connect again
 * at the same moment.
 */
class ReconnectLoadTests {

	private static final int CLIENTS = 5_000;

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static final int STORMS = 2;

	private static final Report REPORT = new Report("5,000 clients", "without a tunnel for (median / 99 % / longest)",
			"503", "other failures", "longest stall of an event loop", "peak heap / direct / RSS", "open files");

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
	void bringsEveryClientBackAtARate() {
		storm("`switchgate.handshake.rate=1000`", "switchgate.handshake.rate=1000");
	}

	private void storm(String settings, String... properties) {
		try (GatewayProcess gateway = GatewayProcess.start(upstream.uri(), properties);
				Swarm swarm = new Swarm(loops, gateway.port(), CLIENTS)) {
			swarm.connect();
			swarm.awaitAllOpen(DEADLINE);
			report(settings + ", first connections to a cold gateway", gateway, swarm);
			for (int storm = 1; storm <= STORMS; storm++) {
				upstream.resetAll();
				swarm.awaitAllBack(DEADLINE);
				report(settings + ", storm " + storm, gateway, swarm);
			}
		}
	}

	private static void report(String name, GatewayProcess gateway, Swarm swarm) {
		Figures peaks = gateway.peaks();
		REPORT.row(name, Report.spread(swarm.absences()) + " ms", Long.toString(swarm.turnedAway()), swarm.failures(),
				peaks.stallMillis() + " ms", peaks.megabytes(), Long.toString(gateway.openFiles()));
		awaitTunnels(gateway);
		swarm.startCounting();
		gateway.peaks();
	}

	private static void awaitTunnels(GatewayProcess gateway) {
		Awaitility.await().atMost(DEADLINE).untilAsserted(() -> {
			assertThat(gateway.tunnels()).isEqualTo(CLIENTS);
			assertThat(upstream.connections()).isEqualTo(CLIENTS);
		});
	}

}
