package io.switchgate.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus and the kubelet see.
 */
class MetricsGatewayTests {

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> gateway.route("chat", uri).route("no", uri));

	@Test
	void countsTunnelsBytesAndHandshakes() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED);
				client.head();
				client.send(Frame.text("12345").mask().bytes());
				upstream.frame();
				upstream.send(new Frame(0x01, false, new byte[3]).bytes())
					.send(new Frame(0x80, false, new byte[200]).bytes());
				client.frame();
				client.frame();
				awaitHandshake("none", "switched", "chat", 101);
				PAIR.admin().awaitMeter("switchgate_upstream_connect_seconds_count{route=\"chat\"}", 1);
				PAIR.admin().awaitMeter("switchgate_tunnels_active{route=\"chat\"}", 1);
				PAIR.admin().awaitMeter("switchgate_tunnel_bytes_total{direction=\"to-upstream\",route=\"chat\"}", 11);
				PAIR.admin()
					.awaitMeter("switchgate_tunnel_messages_total{direction=\"to-upstream\",route=\"chat\"}", 1);
				PAIR.admin().awaitMeter("switchgate_tunnel_messages_total{direction=\"to-client\",route=\"chat\"}", 1);
				PAIR.admin()
					.awaitMeter(
							"switchgate_tunnel_frames_total{direction=\"to-client\",kind=\"continuation\",route=\"chat\"}",
							1);
				PAIR.admin().awaitMeter("switchgate_tunnel_bytes_total{direction=\"to-client\",route=\"chat\"}", 209);
				assertThat(gatewayRequests()).as("the request is over while the tunnel is open").isPositive();
			}
		}
		PAIR.admin().awaitMeter("switchgate_tunnels_active{route=\"chat\"}", 0);
		PAIR.admin().awaitMeter("switchgate_tunnel_duration_seconds_count{route=\"chat\"}", 1);
	}

	private static long gatewayRequests() {
		return PAIR.gateway()
			.bean(MeterRegistry.class)
			.find("spring.cloud.gateway.requests")
			.tag("httpStatusCode", "101")
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	@ParameterizedTest
	@CsvSource({ "403, none, declined, 403", "101, upstream-answer-invalid, failed, 502" })
	void tellsRefusalsOfTheUpstreamFromItsFailures(int answer, String cause, String outcome, int status) {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/no"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 " + answer + " Any\nContent-Length: 0\n\n");
				client.head();
			}
		}
		awaitHandshake(cause, outcome, "no", status);
	}

	@Test
	void countsHandshakesWithoutARouteAndThoseUnderWay() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/nowhere"));
			assertThat(client.head()).startsWith("HTTP/1.1 404 ");
		}
		awaitHandshake("no-route", "rejected", "none", 404);
		PAIR.admin().awaitMeter("switchgate_handshakes_in_flight", 0);
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				PAIR.admin().awaitMeter("switchgate_handshakes_in_flight", 1);
			}
		}
	}

	private static void awaitHandshake(String cause, String outcome, String route, int status) {
		PAIR.admin()
			.awaitMeter("switchgate_handshakes_seconds_count{cause=\"" + cause + "\",outcome=\"" + outcome
					+ "\",route=\"" + route + "\",status=\"" + status + "\"}", 1);
	}

	@Test
	void countsWhatTheGatewayItselfRefuses() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/no").replace("Version: 13", "Version: 8"));
			assertThat(client.head()).contains("\nSec-WebSocket-Version: 13\n");
		}
		awaitHandshake("version-unsupported", "rejected", "no", 426);
	}

	@Test
	void countsClientsThatLeave() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/no"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				client.reset();
				upstream.awaitEnd();
			}
		}
		awaitHandshake("client-left", "failed", "no", 499);
	}

	@ParameterizedTest
	@CsvSource({ "health, 200", "health/liveness, 200", "health/readiness, 200", "info, 200", "prometheus, 200",
			"tunnels, 200", "drain, 200", "env, 404", "beans, 404", "heapdump, 404", "loggers, 404",
			"gateway/routes, 404", "metrics, 404" })
	void exposesOnlyWhatAnOperatorNeeds(String endpoint, int status) {
		assertThat(PAIR.admin().get(endpoint)).hasStatus(status);
	}

}
