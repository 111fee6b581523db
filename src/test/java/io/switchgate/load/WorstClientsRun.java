package io.switchgate.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.awaitility.Awaitility;

import io.switchgate.fixture.Certificates;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;
import io.switchgate.transport.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway with little memory, clients that do the worst, and one that behaves.
 *
 * @param transport transport of the gateway
 * @param kinds what the clients do, all of it over TLS or none
 * @param time how long it lasts
 */
record WorstClientsRun(Transport transport, List<Worst> kinds, Duration time) {

	static final int CLIENTS = 200;

	private static final int FEW = 60;

	/**
	 * Most resident memory, as in src/docs/limits.md.
	 */
	static final long RESIDENT = 600L * 1024 * 1024;

	private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=192m", "-XX:+UseSerialGC");

	private static final int WARM_UP = 20;

	static Report report() {
		return new Report("200 clients at their worst", "heap / direct / RSS before", "peak heap / direct / RSS",
				"longest stall of an event loop", "connections, most bytes of one");
	}

	/**
	 * Asserts that the gateway stays small and serves the one that behaves.
	 * @param report gets a row with the figures
	 */
	void run(Report report) {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try (EchoUpstream echo = EchoUpstream.start(loops);
				WorstUpstream worst = WorstUpstream.start();
				GatewayProcess gateway = GatewayProcess.start(OPTIONS, echo.uri(), properties(worst))) {
			for (int i = 0; i < WARM_UP; i++) {
				exchange(gateway);
			}
			Figures before = gateway.peaks();
			String summary = endure(gateway);
			Figures peaks = gateway.peaks();
			report.row(toString(), before.megabytes(), peaks.megabytes(), peaks.stallMillis() + " ms", summary);
			assertThat(gateway.log("OutOf")).as("errors of memory").isEmpty();
			assertThat(peaks.resident()).as("resident memory").isLessThan(RESIDENT);
			exchange(gateway);
		}
		finally {
			loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
		}
	}

	/**
	 * Takes more direct memory than there is, and asserts that the gateway serves others
	 * when the clients have gone.
	 */
	@SuppressWarnings("try") // The clients do the worst by themselves.
	void runOutOfDirectMemory() {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try (EchoUpstream echo = EchoUpstream.start(loops);
				WorstUpstream worst = WorstUpstream.start();
				GatewayProcess gateway = GatewayProcess.start(
						List.of("-Xmx256m", "-XX:MaxDirectMemorySize=40m", "-XX:+UseSerialGC"), echo.uri(),
						properties(worst))) {
			try (WorstClients clients = WorstClients.connect(gateway.port(), this.kinds, FEW)) {
				Awaitility.await().atMost(this.time).until(() -> !gateway.log("OutOf").isEmpty());
			}
			Awaitility.await().atMost(this.time).ignoreExceptions().untilAsserted(() -> exchange(gateway));
		}
		finally {
			loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
		}
	}

	private boolean tls() {
		return this.kinds.stream().allMatch(Worst::isTls);
	}

	private String[] properties(WorstUpstream worst) {
		String route = "spring.cloud.gateway.server.webflux.routes[1].";
		List<String> properties = new ArrayList<>(List.of(route + "id=worst", route + "uri=" + worst.uri(),
				route + "predicates[0]=Path=/worst/**", "switchgate.transport.type=" + this.transport,
				"server.http2.enabled=true", "logging.level.root=WARN"));
		if (tls()) {
			String bundle = "spring.ssl.bundle.pem.localhost.keystore.";
			properties.addAll(List.of(bundle + "certificate=" + Certificates.certificate(),
					bundle + "private-key=" + Certificates.privateKey(), "server.ssl.bundle=localhost"));
		}
		return properties.toArray(String[]::new);
	}

	private String endure(GatewayProcess gateway) {
		long end = System.nanoTime() + this.time.toNanos();
		try (Wire patient = open(gateway);
				WorstClients clients = WorstClients.connect(gateway.port(), this.kinds, CLIENTS)) {
			while (System.nanoTime() < end) {
				echo(patient);
				exchange(gateway);
			}
			return clients.summary();
		}
	}

	private void exchange(GatewayProcess gateway) {
		try (Wire client = open(gateway)) {
			echo(client);
		}
	}

	private Wire open(GatewayProcess gateway) {
		Wire client = tls() ? Wire.connectTls(gateway.port()) : Wire.connect(gateway.port());
		client.send(Handshakes.request(GatewayProcess.PATH));
		assertThat(client.head()).as(() -> String.join("\n", gateway.log(""))).startsWith("HTTP/1.1 101 ");
		return client;
	}

	private static void echo(Wire client) {
		client.send(Frame.text("hi").mask().bytes());
		assertThat(client.frame().text()).isEqualTo("hi");
	}

	@Override
	public String toString() {
		return this.transport + ((this.kinds.size() == 1) ? " " + this.kinds.get(0) : tls() ? " over TLS" : "");
	}

}
