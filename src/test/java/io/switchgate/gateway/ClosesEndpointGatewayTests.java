package io.switchgate.gateway;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators see of how tunnels ended.
 */
class ClosesEndpointGatewayTests {

	private static final int TUNNELS = 6;

	@Test
	void countsCausesAndFindsATimer() {
		try (ScriptedUpstream upstreams = ScriptedUpstream.start();
				Gateway gateway = Gateway.with().route("chat", upstreams.uri()).limits("idle-time", "2500ms").start()) {
			Lane.Ends[] tunnels = new Lane.Ends[TUNNELS];
			for (int i = 0; i < TUNNELS; i++) {
				tunnels[i] = Lane.Ends.open(gateway, "/chat", upstreams);
			}
			for (Lane.Ends ends : tunnels) {
				assertThat(ends.client().frame().code()).isEqualTo(1001);
				ends.close();
			}
			try (Lane.Ends ends = Lane.Ends.open(gateway, "/chat", upstreams)) {
				ends.upstream().send(Frame.close(4001, "").bytes());
				assertThat(ends.client().frame().code()).isEqualTo(4001);
			}
			JsonNode route = Awaitility.await()
				.until(() -> Admin.of(gateway).get("closes").json().path("routes").path(0),
						(found) -> found.path("ends").asInt() == TUNNELS + 1);
			assertThat(route.path("route").asString()).isEqualTo("chat");
			assertThat(route.path("byCause").toString()).isEqualTo("{\"gateway-idle\":6,\"upstream-close\":1}");
			assertThat(Admin.of(gateway).get("closes").json().path("timers").size()).isEqualTo(1);
			JsonNode cluster = route.path("clusters").path(0);
			assertThat(cluster.path("measure").asString()).isEqualTo("idle");
			assertThat(cluster.path("percent").asInt()).isEqualTo(86);
			assertThat(cluster.path("seconds").asDouble()).isBetween(2.5, 4.0);
			assertThat(cluster.path("sentence").asString()).startsWith("86 % of the tunnels of route chat end idle at ")
				.contains(" by the gateway (gateway-idle): ");
		}
	}

}
