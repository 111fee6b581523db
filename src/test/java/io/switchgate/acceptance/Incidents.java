package io.switchgate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gateway with traffic and incidents for every meter.
 */
final class Incidents implements AutoCloseable {

	private static final String ROUTES = """
			spring:
			  cloud:
			    gateway:
			      server:
			        webflux:
			          default-filters: [ "AddRequestHeader=X-Version, %3$d" ]
			          routes:
			            - { id: chat, uri: "%1$s", predicates: [ "Path=/chat" ] }
			            - { id: gone, uri: "http://127.0.0.1:%2$d", predicates: [ "Path=/gone" ] }
			            - id: pinged
			              uri: %1$s
			              predicates: [ "Path=/pinged" ]
			              filters: [ { name: TunnelLimits, args: { ping-after: 50ms } } ]
			            - id: slowed
			              uri: %1$s
			              predicates: [ "Path=/slowed" ]
			              filters: [ { name: TunnelLimits, args: { messages-per-second: 50 } } ]
			            - id: full
			              uri: %1$s
			              predicates: [ "Path=/full" ]
			              filters: [ { name: TunnelLimits, args: { open-tunnels: 1 } } ]
			""";

	private static final int MESSAGES = 60;

	/**
	 * More bytes than the gateway and the kernel buffer.
	 */
	private static final int MUCH = 4 * 1024 * 1024;

	private final ScriptedUpstream upstream = ScriptedUpstream.start();

	private final int nobody = FreePort.find();

	private final Path directory = BuildDirectory.fresh("incidents");

	private final Gateway gateway;

	private final Admin admin;

	private int version;

	private Incidents() {
		write(ROUTES.formatted(this.upstream.uri(), this.nobody, this.version));
		this.gateway = Admin.allowWrites(Gateway.with())
			.property("spring.config.additional-location", "file:" + this.directory + "/")
			.property("switchgate.routes.watch-interval", "0s")
			.property("management.endpoint.refresh.access", "unrestricted")
			.property("management.endpoints.web.exposure.include", "prometheus,tunnels,drain,refresh")
			.start();
		this.admin = Admin.of(this.gateway);
	}

	static Incidents start() {
		return new Incidents();
	}

	int managementPort() {
		return this.gateway.managementPort();
	}

	/**
	 * Returns the meters of the gateway as Prometheus reads them. Leaves out those of the
	 * frameworks, which lack descriptions.
	 */
	String scrape() {
		return this.admin.get("prometheus")
			.body()
			.lines()
			.filter((line) -> line.contains("switchgate_"))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * Causes each incident once.
	 */
	void cause() {
		refuse();
		relay();
		reset();
		ping();
		stall();
		slow();
		fill();
		drain();
		reload();
	}

	private void refuse() {
		expect(Handshakes.request("/gone"), 502);
		expect(Handshakes.request("/chat").replace("Version: 13", "Version: 8"), 426);
		assertThat(this.upstream.receivedFor(this.gateway, Handshakes.request("/chat"),
				"HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n"))
			.startsWith("GET /chat ");
	}

	private void expect(String request, int status) {
		try (Wire client = this.gateway.connect().send(request)) {
			assertThat(client.head()).startsWith("HTTP/1.1 " + status + " ");
		}
	}

	private Lane.Ends open(String route) {
		return Lane.Ends.open(this.gateway, "/" + route, this.upstream);
	}

	private void relay() {
		try (Lane.Ends ends = open("chat")) {
			ends.assertRelays();
			ends.upstream().send(Frame.text("hello").bytes());
			assertThat(ends.client().frame().text()).isEqualTo("hello");
		}
	}

	private void reset() {
		try (Lane.Ends ends = open("chat")) {
			ends.client().reset();
			ends.upstream().awaitEnd();
		}
	}

	private void ping() {
		try (Lane.Ends ends = open("pinged")) {
			ends.client().send(new Frame(0x8a, true, ends.client().frame().payload()).bytes());
			ends.upstream().send(new Frame(0x8a, false, ends.upstream().frame().payload()).bytes());
			Awaitility.await()
				.until(() -> this.admin.get("tunnels?route=pinged").body().split("roundTrip", -1).length > 2);
		}
	}

	private void stall() {
		try (Lane.Ends ends = open("chat")) {
			Thread writer = new Thread(() -> ends.upstream().send(Frame.binary(new byte[MUCH]).bytes()));
			writer.start();
			this.admin.awaitMeter("switchgate_tunnel_buffered_bytes", (bytes) -> bytes > 0);
			ends.client().read(MUCH);
		}
	}

	private void slow() {
		byte[] message = Frame.text("m").mask().bytes();
		try (Lane.Ends ends = open("slowed")) {
			for (int i = 0; i < MESSAGES; i++) {
				ends.client().send(message);
			}
			ends.upstream().read(MESSAGES * message.length);
		}
	}

	private void fill() {
		try (Lane.Ends ends = open("full")) {
			expect(Handshakes.request("/full"), 503);
			ends.assertRelays();
		}
	}

	private void drain() {
		try (Lane.Ends ends = open("chat")) {
			assertThat(this.admin.post("drain", "{\"route\":\"chat\"}").status()).isEqualTo(202);
			ends.assertClosed(1001, "Going away");
			this.admin.awaitMeter("switchgate_drains_active", (drains) -> drains == 0);
		}
		expect(Handshakes.request("/chat"), 503);
		assertThat(this.admin.delete("drain?route=chat").status()).isEqualTo(204);
	}

	private void reload() {
		this.version++;
		write("spring.cloud.gateway.server.webflux.routes[0].uri: nonsense");
		assertThat(this.admin.post("refresh", "{}").status()).isEqualTo(422);
		write(ROUTES.formatted(this.upstream.uri(), this.nobody, this.version));
		assertThat(this.admin.post("refresh", "{}").status()).isEqualTo(200);
	}

	private void write(String configuration) {
		try {
			Files.writeString(this.directory.resolve("application.yml"), configuration);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.gateway.close();
		this.upstream.close();
	}

}
