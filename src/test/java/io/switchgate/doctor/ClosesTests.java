package io.switchgate.doctor;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.switchgate.tunnel.CloseCause;

import static org.assertj.core.api.Assertions.assertThat;

class ClosesTests {

	private final Closes closes = new Closes();

	private final Random random = new Random(1);

	private void add(int count, CloseCause cause, int code, double idle, double lifetime) {
		for (int i = 0; i < count; i++) {
			double late = this.random.nextDouble() * 0.3;
			this.closes.add(new Close("chat", cause, code, seconds(idle + late), seconds(lifetime + late)));
		}
	}

	/**
	 * Adds tunnels that end at random times.
	 */
	private void addOthers(int count) {
		for (int i = 0; i < count; i++) {
			double lifetime = 1 + this.random.nextDouble() * 600;
			this.closes.add(new Close("chat", CloseCause.CLIENT_CLOSE, 1001,
					seconds(this.random.nextDouble() * Math.min(lifetime, 30)), seconds(lifetime)));
		}
	}

	private static Duration seconds(double seconds) {
		return Duration.ofNanos((long) (seconds * 1e9));
	}

	@Test
	void namesATimerOfTheUpstreamSide() {
		addOthers(69);
		for (int i = 0; i < 31; i++) {
			add(1, CloseCause.UPSTREAM_FIN, 1006, 60, 60 + this.random.nextInt(500));
		}
		RouteCloses route = this.closes.routes().get(0);
		assertThat(route.ends()).isEqualTo(100);
		assertThat(route.byCause()).containsEntry("upstream-fin", 31L).containsEntry("client-close", 69L);
		assertThat(route.clusters()).singleElement().satisfies((cluster) -> {
			assertThat(cluster.measure()).isEqualTo("idle");
			assertThat(cluster.seconds()).isBetween(60.0, 60.3);
			assertThat(cluster.percent()).isEqualTo(31);
			assertThat(cluster.sentence()).startsWith("31 % of the tunnels of route chat end idle at 60.")
				.endsWith(" s by a FIN of the upstream side: a 60-second timer there (nginx proxy_read_timeout, "
						+ "AWS ALB idle timeout?)");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "CLIENT_FIN | 1006 | 350 | AWS NLB", "UPSTREAM_RESET | 1006 | 240 | Azure",
			"UPSTREAM_CLOSE | 1011 | 20 | uvicorn --ws-ping-timeout", "CLIENT_FIN | 1006 | 100 | Cloudflare",
			"UPSTREAM_FIN | 1006 | 50 | HAProxy timeout client", "UPSTREAM_FIN | 1006 | 3600 | HAProxy timeout tunnel",
			"CLIENT_CLOSE | 1000 | 77 | a 77-second timer there", "GATEWAY_IDLE | 1001 | 90 | the gateway's own" })
	void namesKnownTimers(CloseCause cause, int code, int idle, String name) {
		addOthers(50);
		for (int i = 0; i < 10; i++) {
			add(1, cause, code, idle, idle + this.random.nextInt(10_000));
		}
		assertThat(this.closes.routes().get(0).clusters()).singleElement()
			.satisfies((cluster) -> assertThat(cluster.sentence()).contains(name));
	}

	@Test
	void findsALimitOfTheLifetime() {
		addOthers(20);
		for (int i = 0; i < 10; i++) {
			add(1, CloseCause.UPSTREAM_FIN, 1006, this.random.nextDouble() * 25, 7200);
		}
		assertThat(this.closes.routes().get(0).clusters()).singleElement()
			.satisfies((cluster) -> assertThat(cluster.sentence())
				.startsWith("33 % of the tunnels of route chat end after 7200.")
				.contains("AWS API Gateway?"));
	}

	@Test
	void findsTwoTimersOfOneKind() {
		for (int i = 0; i < 10; i++) {
			add(1, CloseCause.CLIENT_FIN, 1006, 60, 60 + this.random.nextInt(9000));
			add(1, CloseCause.CLIENT_FIN, 1006, 350, 350 + this.random.nextInt(9000));
		}
		assertThat(this.closes.routes().get(0).clusters()).extracting((cluster) -> Math.round(cluster.seconds()))
			.containsExactlyInAnyOrder(60L, 350L);
	}

	@Test
	void findsNoTimerWhereClientsLeaveAtRandom() {
		addOthers(2000);
		assertThat(this.closes.routes().get(0).clusters()).isEmpty();
	}

	@Test
	void findsNoTimerInFewClosesOrInASmallShare() {
		add(4, CloseCause.UPSTREAM_FIN, 1006, 60, 100);
		assertThat(this.closes.routes().get(0).clusters()).isEmpty();
		add(16, CloseCause.CLIENT_FIN, 1006, 350, 400);
		IntStream.range(0, 3).forEach((i) -> addOthers(100));
		assertThat(this.closes.routes().get(0).clusters()).isEmpty();
	}

	@Test
	void findsNoTimerInShortTunnels() {
		add(100, CloseCause.CLIENT_CLOSE, 1000, 0, 1);
		assertThat(this.closes.routes().get(0).clusters()).isEmpty();
	}

	@Test
	void keepsTheLastTwoThousandCloses() {
		add(10, CloseCause.UPSTREAM_FIN, 1006, 60, 60);
		addOthers(3000);
		assertThat(this.closes.routes().get(0).ends()).isEqualTo(2000);
		assertThat(this.closes.routes().get(0).byCause()).containsOnlyKeys("client-close");
	}

}
