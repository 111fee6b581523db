package io.switchgate.gateway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.drain.DrainProperties;
import io.switchgate.drain.DrainScope;
import io.switchgate.drain.Drains;
import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients, upstreams and operators see while a gateway stops.
 */
class StopGatewayTests {

	private static final String FRONTS = "io.switchgate.fixture.Lane#fronts";

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	@AutoClose
	private static final ScriptedUpstream CHATS = ScriptedUpstream.start();

	@ParameterizedTest
	@MethodSource(FRONTS)
	void closesAllTunnelsBeforeTheProcessStops(Front front) {
		Gateway stopping = stopping(front, "100ms");
		Admin operator = Admin.of(stopping);
		try (Lane.Ends ends = Lane.Ends.open(stopping, "/chat", CHATS)) {
			// Its end keeps the drain from being over.
			byte[] message = Frame.text("a message under way").bytes();
			ends.upstream().send(message, 0, 7);
			ends.client().read(7);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
			Awaitility.await().untilAsserted(() -> assertThat(operator.get("health/readiness")).hasStatus(503));
			assertThat(operator.get("health/liveness")).hasStatus(200);
			Awaitility.await()
				.untilAsserted(() -> assertThat(operator.get("drain").body()).contains("\"state\":\"running\"",
						"\"total\":1", "\"remaining\":1"));
			try (Wire late = stopping.connect()) {
				late.send(Handshakes.request("/chat"));
				ProblemAnswer.expect(late, 503, "draining");
				late.awaitEnd();
			}
			CHATS.receivedFor(stopping, "GET /chat HTTP/1.1\nHost: a\n\n", "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
			ends.upstream().send(message, 7, message.length - 7);
			ends.client().read(message.length - 7);
			ends.assertClosed(1001, "Going away");
			stopped.join();
		}
	}

	@ParameterizedTest
	@MethodSource(FRONTS)
	void stopsAtOnceWithoutTunnels(Front front) {
		Gateway stopping = stopping(front, "24h");
		Lane.Ends.open(stopping, "/chat", CHATS).close();
		Admin.of(stopping).awaitNoTunnels();
		assertThat(CompletableFuture.runAsync(stopping::close)).succeedsWithin(DEADLINE);
	}

	@ParameterizedTest
	@MethodSource(FRONTS)
	void closesAllTunnelsThoughNoOtherDrainMayBegin(Front front) {
		Gateway stopping = stopping(front, "100ms");
		try (Lane.Ends ends = Lane.Ends.open(stopping, "/chat", CHATS)) {
			Drains drains = stopping.bean(Drains.class);
			DrainProperties usual = stopping.bean(DrainProperties.class);
			for (int i = 0; i < 1000; i++) {
				drains.start(usual.request(DrainScope.ofUpstream("http://other.example.com:" + i)));
			}
			assertThat(Admin.of(stopping).post("drain", "{\"route\":\"chat\"}")).hasStatus(409);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
			ends.assertClosed(1001, "Going away");
			stopped.join();
		}
	}

	private static Gateway stopping(Front front, String time) {
		return Admin.allowWrites(Gateway.with())
			.front(front)
			.route("chat", CHATS.uri())
			.property("server.shutdown", "graceful")
			.property("switchgate.drain.time", time)
			.property("switchgate.drain.grace", "1m")
			.start();
	}

}
