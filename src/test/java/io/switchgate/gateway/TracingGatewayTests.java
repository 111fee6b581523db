package io.switchgate.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spans of handshakes and tunnels, as a collector gets them.
 */
class TracingGatewayTests {

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

	@Test
	void continuesATraceThroughHandshakeAndTunnel() {
		try (Collector collector = Collector.start();
				ScriptedUpstream upstreams = ScriptedUpstream.start();
				Gateway gateway = collector.collect(Gateway.with()).route("chat", upstreams.uri()).start()) {
			converse(gateway, upstreams);
			Awaitility.await()
				.untilAsserted(() -> assertThat(openMetrics(gateway))
					.containsPattern("switchgate_handshakes_seconds_bucket\\{.*# \\{.*trace_id=\"" + TRACE + "\""));
			collector.await("tunnel", "dial", "answer", "client-close",
					new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1));
		}
	}

	private static String openMetrics(Gateway gateway) throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + gateway.managementPort() + "/actuator/prometheus");
		HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", "application/openmetrics-text").build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

	private static void converse(Gateway gateway, ScriptedUpstream upstreams) {
		try (Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat").replace("Host:", "traceparent: " + PARENT + "\nHost:"));
			try (Wire upstream = upstreams.accept()) {
				assertThat(upstream.head()).containsPattern("(?i)\ntraceparent: 00-" + TRACE + "-(?!00f067aa0ba902b7)")
					.containsOnlyOnce("traceparent");
				upstream.send(Handshakes.SWITCHED);
				client.head();
				client.send(Frame.close(1000, "").mask().bytes());
				upstream.frame();
				upstream.send(Frame.close(1000, "").bytes());
				client.frame();
				upstream.fin();
				client.fin();
				client.awaitEnd();
			}
		}
	}

	@Test
	void leavesTracesOfOthersAloneWithoutACollector() {
		Lane lane = Lane.any();
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path()).replace("Host:", "traceparent: " + PARENT + "\nHost:"));
			try (Wire upstream = lane.upstream().accept()) {
				assertThat(upstream.head()).contains("\ntraceparent: " + PARENT + "\n");
			}
		}
	}

}
