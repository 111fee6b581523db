package io.switchgate.gateway;

import java.nio.file.Path;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus sees of the traffic in tunnels, and of the event loops that carry it.
 */
class TunnelMetersGatewayTests {

	private static final String PREFIX = "switchgate_tunnel_";

	private static final String STALLED = "switchgate_tunnels_stalled{direction=\"to-client\",route=\"stalled\"}";

	/**
	 * More than the gateway and the kernel keep.
	 */
	private static final int MUCH = 4 * 1024 * 1024;

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension.with((gateway, uri) -> gateway.route("chat", uri)
		.route("stalled", uri)
		.route("cut", uri)
		.route("pinged", uri)
		.limits("ping-after", "100ms")
		.route("slowed", uri)
		.limits("messages-per-second", "100"));

	@Test
	void countsMessagesByTheirSize() {
		try (OpenTunnel tunnel = OpenTunnel.through(PAIR, "/chat")) {
			tunnel.client().send(Frame.text("12345").mask().bytes());
			tunnel.upstream().frame();
			tunnel.upstream()
				.send(new Frame(0x01, false, new byte[60]).bytes())
				.send(new Frame(0x89, false, new byte[9]).bytes())
				.send(new Frame(0x80, false, new byte[200]).bytes());
			tunnel.client().read(62 + 11 + 204);
			String up = "{direction=\"to-upstream\",route=\"chat\"";
			String down = "{direction=\"to-client\",route=\"chat\"";
			PAIR.admin().awaitMeter(PREFIX + "message_size_bytes_bucket" + up + ",le=\"64.0\"}", 1);
			PAIR.admin().awaitMeter(PREFIX + "message_size_bytes_sum" + up + "}", 5);
			PAIR.admin().awaitMeter(PREFIX + "message_size_bytes_sum" + down + "}", 260);
			PAIR.admin().awaitMeter(PREFIX + "message_size_bytes_bucket" + down + ",le=\"256.0\"}", 0);
			PAIR.admin().awaitMeter(PREFIX + "message_size_bytes_bucket" + down + ",le=\"1024.0\"}", 1);
		}
	}

	@Test
	void timesStallsAndShowsWhatWaits() throws InterruptedException {
		try (OpenTunnel tunnel = OpenTunnel.through(PAIR, "/stalled")) {
			Thread writer = new Thread(() -> tunnel.upstream().send(Frame.binary(new byte[MUCH]).bytes()));
			writer.start();
			PAIR.admin().awaitMeter("switchgate_tunnel_buffered_bytes", (bytes) -> bytes > 0);
			PAIR.admin().awaitMeter(STALLED, 1);
			tunnel.client().read(MUCH);
			writer.join();
			PAIR.admin().awaitMeter(STALLED, 0);
			Awaitility.await().until(() -> stalls("stalled") > 0);
			PAIR.admin().awaitMeter("switchgate_tunnel_buffered_bytes", 0);
			assertThat(PAIR.admin()
				.meter("switchgate_tunnel_stalls_seconds_sum{direction=\"to-client\",route=\"stalled\"}"))
				.isBetween(0.001, 60.0);
		}
	}

	@Test
	void timesAStallThatTheTunnelDoesNotSurvive() throws InterruptedException {
		try (OpenTunnel tunnel = OpenTunnel.through(PAIR, "/cut")) {
			Thread writer = new Thread(() -> send(tunnel.upstream()));
			writer.start();
			PAIR.admin().awaitMeter("switchgate_tunnel_buffered_bytes", (bytes) -> bytes > 0);
			tunnel.client().reset();
			writer.join();
		}
		Awaitility.await().until(() -> stalls("cut") >= 1);
		PAIR.admin().awaitMeter("switchgate_tunnel_buffered_bytes", 0);
	}

	private static void send(Wire upstream) {
		try {
			upstream.send(Frame.binary(new byte[MUCH]).bytes());
		}
		catch (RuntimeException ex) {
			// The gateway closes the connection under it.
		}
	}

	private static double stalls(String route) {
		return PAIR.admin()
			.meter("switchgate_tunnel_stalls_seconds_count{direction=\"to-client\",route=\"" + route + "\"}");
	}

	@Test
	void timesTheAnswersToItsPings() {
		try (OpenTunnel tunnel = OpenTunnel.through(PAIR, "/pinged")) {
			pong(tunnel.client(), false);
			pong(tunnel.upstream(), true);
			for (String end : new String[] { "client", "upstream" }) {
				String tags = "{end=\"" + end + "\",route=\"pinged\"";
				PAIR.admin().awaitMeter("switchgate_tunnel_ping_seconds_count" + tags + "}", 1);
				PAIR.admin().awaitMeter("switchgate_tunnel_ping_seconds_bucket" + tags + ",le=\"+Inf\"}", 1);
			}
		}
	}

	private static void pong(Wire end, boolean fromGatewayMasked) {
		Frame ping = end.frame();
		assertThat(ping.first()).isEqualTo(0x89);
		end.send(new Frame(0x8a, !fromGatewayMasked, ping.payload()).bytes());
	}

	@Test
	void timesWhatARateCosts() {
		try (OpenTunnel tunnel = OpenTunnel.through(PAIR, "/slowed")) {
			byte[] message = Frame.text("m").mask().bytes();
			for (int i = 0; i < 110; i++) {
				tunnel.client().send(message);
			}
			tunnel.upstream().read(110 * message.length);
		}
		String tags = "{direction=\"to-upstream\",route=\"slowed\"}";
		PAIR.admin().awaitMeter("switchgate_tunnel_slowed_seconds_count" + tags, (count) -> count >= 1);
		PAIR.admin().awaitMeter("switchgate_tunnel_slowed_seconds_sum" + tags, (time) -> time > 0 && time < 10);
		assertThat(stalls("slowed")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "lag_seconds_count", "lag_seconds_max", "tasks" })
	void watchesItsEventLoops(String meter) {
		PAIR.admin().awaitMeter("switchgate_eventloop_" + meter + "{loop=\"0\"}", (value) -> value >= 0);
	}

	@Test
	void looksAtAnEventLoopOverAndOver() {
		String looks = "switchgate_eventloop_lag_seconds_count{loop=\"0\"}";
		double before = PAIR.admin().meter(looks);
		PAIR.admin().awaitMeter(looks, (count) -> count >= before + 2);
	}

	@Test
	void forgetsARouteOnceItsLastCountsWereThereToRead(@TempDir Path directory) {
		String chat = RouteFile.route("chat", PAIR.upstream().uri());
		RouteFile file = new RouteFile(directory)
			.write(RouteFile.yaml(chat, RouteFile.route("old", PAIR.upstream().uri())));
		try (Gateway reloading = file.refreshable().start()) {
			Admin operator = Admin.of(reloading);
			OpenTunnel tunnel = OpenTunnel.through(reloading, "/old", PAIR.upstream());
			OpenTunnel.through(reloading, "/chat", PAIR.upstream()).close();
			take(operator, file, RouteFile.yaml(chat));
			take(operator, file, RouteFile.yaml(chat, RouteFile.route("new1", PAIR.upstream().uri())));
			assertThat(operator.meter("switchgate_tunnels_active{route=\"old\"}")).as("still open").isOne();
			tunnel.close();
			operator.awaitMeter("switchgate_tunnels_active{route=\"old\"}", 0);
			take(operator, file, RouteFile.yaml(chat, RouteFile.route("new2", PAIR.upstream().uri())));
			assertThat(operator.get("prometheus").body()).contains("route=\"chat\"", "routeId=\"chat\"")
				.doesNotContain("\"old\"");
		}
	}

	private static void take(Admin operator, RouteFile file, String routes) {
		file.write(routes);
		assertThat(operator.post("refresh", "{}")).hasStatus(200);
	}

}
