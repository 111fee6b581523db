package io.switchgate.load;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.switchgate.acceptance.BuildDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tunnels of every scenario at once, for minutes: the meters count each of them with the
 * right cause, and the gateway does not grow.
 */
class MixedChurnLoadTests {

	private static final long MINUTES = Long.getLong("churn.minutes", 10);

	private static final long SEED = Long.getLong("churn.seed", 0);

	private static final int QUARTERS = 4;

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static final double GROWTH = 1.2;

	private static final long NOISE = 10 * 1024 * 1024;

	private static final PrintStream CONSOLE = System.out;

	private final Churn churn = new Churn(SEED);

	private final Path file = BuildDirectory.fresh("churn").resolve("application.yml");

	private final Report quarters = new Report("part of " + MINUTES + " minutes", "tunnels opened / closed / left",
			"buffers leaked", "open files", "threads", "meters", "peak heap / direct / RSS",
			"after GC: heap / direct / RSS");

	@AfterEach
	void stop() {
		this.churn.close();
	}

	@Test
	@Timeout(value = 1, unit = TimeUnit.HOURS)
	void accountsForEveryTunnelAndDoesNotGrow() throws Exception {
		Operator operator = new Operator(SEED, this.churn, this.file);
		operator.write();
		try (GatewayProcess gateway = GatewayProcess.startParanoidReading(this.file)) {
			Figures first = quarter(gateway, operator, 1);
			long files = gateway.openFiles();
			Figures last = first;
			for (int i = 2; i <= QUARTERS; i++) {
				last = quarter(gateway, operator, i);
			}
			this.quarters.print("churn");
			report(gateway);
			this.churn.failures().stream().limit(50).forEach(CONSOLE::println);
			assertThat(this.churn.failures()).as("failures with -Dchurn.seed=" + SEED).isEmpty();
			assertThat(gateway.log("LEAK:")).isEmpty();
			assertThat(last.heap()).as("heap").isLessThan((long) (first.heap() * GROWTH) + NOISE);
			assertThat(gateway.openFiles()).isLessThanOrEqualTo(files);
			assertAccounted(gateway);
		}
	}

	private Figures quarter(GatewayProcess gateway, Operator operator, int number) throws InterruptedException {
		Thread work = new Thread(() -> operator.work(gateway), "operator");
		work.start();
		this.churn.run(gateway.port(), Duration.ofMinutes(MINUTES).dividedBy(QUARTERS));
		work.interrupt();
		work.join(DEADLINE.toMillis());
		Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(gateway.tunnels()).isZero());
		Figures peaks = gateway.peaks();
		Figures rest = gateway.rest();
		this.quarters.row(100 * number / QUARTERS + " %",
				this.churn.opened() + " / " + sum(closed(gateway)) + " / " + gateway.tunnels(),
				Integer.toString(gateway.log("LEAK:").size()), Long.toString(gateway.openFiles()),
				Long.toString(rest.threads()), Long.toString(rest.meters()), peaks.megabytes(), rest.megabytes());
		return rest;
	}

	private void assertAccounted(GatewayProcess gateway) {
		List<Sample> closed = closed(gateway);
		assertThat(sum(closed)).as("tunnels closed").isEqualTo(this.churn.opened());
		assertThat(sum(switched(gateway))).as("handshakes switched").isEqualTo(this.churn.opened());
		for (TunnelScenario scenario : TunnelScenario.values()) {
			List<Sample> ofScenario = closed.stream().filter((sample) -> sample.has("route", scenario.name())).toList();
			assertThat(sum(ofScenario)).as("tunnels of " + scenario).isEqualTo(this.churn.opened(scenario));
			assertThat(ofScenario).extracting((sample) -> sample.label("cause"))
				.isSubsetOf(scenario.causes().stream().map((cause) -> cause.code()).toList());
		}
	}

	private static List<Sample> closed(GatewayProcess gateway) {
		return gateway.samples("switchgate_tunnels_closed_total");
	}

	private static List<Sample> switched(GatewayProcess gateway) {
		return gateway.samples("switchgate_handshakes_seconds_count")
			.stream()
			.filter((sample) -> sample.has("outcome", "switched"))
			.toList();
	}

	private static long sum(List<Sample> samples) {
		return samples.stream().mapToLong(Sample::value).sum();
	}

	private void report(GatewayProcess gateway) {
		Report scenarios = new Report("route", "tunnels", "ended with");
		for (TunnelScenario scenario : TunnelScenario.values()) {
			Map<String, Long> ends = closed(gateway).stream()
				.filter((sample) -> sample.has("route", scenario.name()))
				.collect(Collectors.toMap((sample) -> sample.label("cause") + " " + sample.label("code"), Sample::value,
						Long::sum, TreeMap::new));
			scenarios.row(scenario.name(), Long.toString(this.churn.opened(scenario)),
					ends.entrySet()
						.stream()
						.map((end) -> end.getKey() + ": " + end.getValue())
						.collect(Collectors.joining(", ")));
		}
		scenarios.row("all", Long.toString(this.churn.opened()),
				sum(closed(gateway)) + " tunnels closed, " + sum(switched(gateway)) + " handshakes switched, "
						+ this.churn.turnedAway() + " refused during drains");
		scenarios.print("churn-causes");
	}

}
