package io.switchgate.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

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
 * Run of a gateway with little memory, hostile clients and one well-behaved client.
 *
 * @param transport transport of the gateway
 * @param kinds attacks of the clients, either all of them over TLS or none
 * @param time duration of the attack, or the most time for each step
 */
record WorstClientsRun(Transport transport, List<Worst> kinds, Duration time) {

	static final int CLIENTS = 200;

	private static final int FEW = 60;

	/**
	 * Most resident memory in bytes, as in src/docs/limits.md.
	 */
	static final long RESIDENT = 600L * 1024 * 1024;

	private static final String MUCH_DIRECT_MEMORY = "192m";

	private static final String LITTLE_DIRECT_MEMORY = "40m";

	private static final int WARM_UP = 20;

	static Report report() {
		return new Report("200 clients at their worst", "heap / direct / RSS before", "peak heap / direct / RSS",
				"longest stall of an event loop", "connections, most bytes of one");
	}

	/**
	 * Asserts that the gateway needs little memory and serves the well-behaved client.
	 * @param report report that gets a row with the figures
	 */
	void run(Report report) {
		attack(MUCH_DIRECT_MEMORY, (gateway) -> {
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
		});
	}

	/**
	 * Lets the clients use up the direct memory, and asserts that the gateway serves
	 * another client after they have left.
	 */
	@SuppressWarnings("try") // The hostile clients have a thread of their own.
	void runOutOfDirectMemory() {
		attack(LITTLE_DIRECT_MEMORY, (gateway) -> {
			try (WorstClients clients = WorstClients.connect(gateway.port(), this.kinds, FEW)) {
				Awaitility.await().atMost(this.time).until(() -> !gateway.log("OutOf").isEmpty());
			}
			Awaitility.await().atMost(this.time).ignoreExceptions().untilAsserted(() -> exchange(gateway));
		});
	}

	private void attack(String directMemory, Consumer<GatewayProcess> steps) {
		List<String> options = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=" + directMemory, "-XX:+UseSerialGC");
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try (EchoUpstream echo = EchoUpstream.start(loops);
				WorstUpstream worst = WorstUpstream.start();
				GatewayProcess gateway = GatewayProcess.start(options, echo.uri(), properties(worst))) {
			steps.accept(gateway);
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
