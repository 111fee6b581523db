package io.switchgate.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.switchgate.bench.traffic.Figure;
import io.switchgate.bench.traffic.Load;
import io.switchgate.peers.Proxy;

import static org.assertj.core.api.Assertions.assertThat;

class TableTests {

	private static final Contender NGINX = new Contender("nginx 1", Proxy.NGINX, (directory) -> List.of());

	private static final Contender SWITCHGATE = new Contender("Switchgate 1", Proxy.SWITCHGATE,
			(directory) -> List.of());

	private final Results results = new Results();

	private void add(int round, Contender contender, double micros) {
		this.results.add(new Results.Result(round, Load.CLOSED_1K, contender, Map.of(Figure.CPU, micros)));
	}

	private String table() {
		return new Table(this.results, List.of(SWITCHGATE, NGINX)).markdown(List.of(Load.CLOSED_1K));
	}

	@Test
	void showsMediansAndRatios() {
		add(1, NGINX, 10);
		add(1, SWITCHGATE, 5);
		add(2, NGINX, 8);
		add(2, SWITCHGATE, 16);
		add(3, NGINX, 4);
		add(3, SWITCHGATE, 4);
		assertThat(table()).isEqualTo("""
				| load | Switchgate 1 | nginx 1 |
				| --- | --- | --- |
				| `closed-1k` CPU, µs | 5.00 (1.00; 0.50...2.00) | 8.00 |
				""");
	}

	@Test
	void showsOneRoundWithoutSpread() {
		add(1, NGINX, 1000);
		add(1, SWITCHGATE, 55.55);
		assertThat(table()).contains("| 55.6 (0.06) | 1,000 |");
	}

	@Test
	void showsWhatFailed() {
		add(1, NGINX, 10);
		add(1, SWITCHGATE, 5);
		this.results.fail(Load.CLOSED_1K, NGINX, "tunnel broken off");
		assertThat(table()).contains("| 5.00 | failed: tunnel broken off |");
	}

	@Test
	void showsPreparedStartsInTheirOwnTable() {
		Contender.Launch launch = new GatewayLaunch(Path.of("java"), List.of(), Path.of("a.jar"), List.of(),
				StartCache.ARCHIVE);
		Contender prepared = new Contender("Switchgate 1, archive", Proxy.SWITCHGATE, launch);
		add(1, SWITCHGATE, 5);
		Figure figure = Load.STORM.figures().get(0);
		this.results.add(new Results.Result(1, Load.STORM, prepared, Map.of(figure, 3.0)));
		assertThat(new Table(this.results, List.of(SWITCHGATE, prepared)).markdown(List.of(Load.STORM, Load.CLOSED_1K)))
			.startsWith("""
					| load | Switchgate 1 |
					| --- | --- |
					| `closed-1k` CPU, µs | 5.00 |

					| load | Switchgate 1, archive |
					| --- | --- |
					| `storm` cold: without a tunnel, median, s | 3.00 |
					""")
			.contains("| `storm` cold: longest stall, ms | - |\n");
	}

	@Test
	void comparesWithTheFirstWhereNginxIsMissing() {
		assertThat(new Table(this.results, List.of(SWITCHGATE)).reference(Load.CLOSED_1K)).contains(SWITCHGATE);
	}

	@Test
	void comparesWithHaproxyWhatNginxCannotDo() {
		Contender haproxy = new Contender("HAProxy 1", Proxy.HAPROXY, (directory) -> List.of());
		this.results.add(new Results.Result(1, Load.H2_CLOSED_16K, SWITCHGATE, Map.of(Figure.CPU, 5.0)));
		this.results.add(new Results.Result(1, Load.H2_CLOSED_16K, haproxy, Map.of(Figure.CPU, 10.0)));
		assertThat(new Table(this.results, List.of(NGINX, SWITCHGATE, haproxy)).markdown(List.of(Load.H2_CLOSED_16K)))
			.contains("| not supported | 5.00 (0.50) | 10.0 |");
	}

}
