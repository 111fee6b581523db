package io.switchgate.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.HandshakeRow;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console as a browser loads it, and the events that it listens to.
 */
class ConsoleGatewayTests {

	private static final int MOST_LISTENERS = 16;

	private static final int LEAVING = 300;

	private static final int LONGEST_STAY_NANOS = 10_000_000;

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension.with((gateway, uri) -> gateway.route("chat", uri));

	@ParameterizedTest
	@CsvSource({ "'', text/html", "/app.css, text/css", "/icon.svg, image/svg+xml", "/app.js, text/javascript",
			"/chart.js, text/javascript", "/handshake.js, text/javascript", "/actions.js, text/javascript",
			"/elements.js, text/javascript" })
	void tellsTheBrowserToLoadNothingElse(String path, String type) {
		String answer = get(PAIR.gateway().managementPort(), "/actuator/console" + path);
		assertThat(answer).startsWith("HTTP/1.1 200 ")
			.contains("Content-Type: " + type + ";charset=utf-8\n", "X-Content-Type-Options: nosniff\n",
					"Referrer-Policy: no-referrer\n", "Cache-Control: no-store\n",
					"Content-Security-Policy: default-src 'self'; ")
			.doesNotContain("http://localhost", "https://", "innerHTML", "style=", "onclick=\"", "Access-Control");
	}

	@ParameterizedTest
	@ValueSource(strings = { "app.html", "index.html", "..%2fapplication.yml", "%2e%2e/application.yml", "app.js/x",
			"console/app.js", "APP.JS", "app.js%00" })
	void hasNoOtherFiles(String name) {
		assertThat(get(PAIR.gateway().managementPort(), "/actuator/console/" + name))
			.containsPattern("^HTTP/1.1 40[04] ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/app.js", "/events" })
	void isNotOnThePortOfClients(String path) {
		assertThat(get(PAIR.gateway().port(), "/actuator/console" + path)).startsWith("HTTP/1.1 404 ")
			.doesNotContain("Content-Security-Policy");
	}

	@Test
	void isOnThePortOfClientsIfThatIsTheManagementPort() {
		try (Gateway single = Gateway.with().onePort().start()) {
			assertThat(get(single.port(), "/actuator/console")).startsWith("HTTP/1.1 200 ")
				.contains("Content-Security-Policy: default-src 'self'; ");
			try (ConsoleEvents events = ConsoleEvents.listen(single)) {
				assertThat(events.await((summary) -> true).get("open").asInt()).isZero();
			}
		}
	}

	@Test
	void eventsFollowTunnels() {
		try (ConsoleEvents events = ConsoleEvents.listen(PAIR.gateway())) {
			assertThat(events.head()).startsWith("HTTP/1.1 200 ")
				.contains("Content-Type: text/event-stream", "Cache-Control: no-store\n");
			int before = events.await((summary) -> true).get("open").asInt();
			try (OpenTunnel tunnel = OpenTunnel.through(PAIR, "/chat")) {
				tunnel.assertCarries("hi");
				JsonNode summary = events.await((candidate) -> candidate.get("open").asInt() == before + 1
						&& candidate.at("/messages/to-client").asInt() > 0);
				assertThat(summary.at("/tunnels/0/route").asString()).isEqualTo("chat");
				assertThat(summary.at("/tunnels/0/upstream").asString()).isEqualTo(PAIR.upstream().uri());
				assertThat(summary.at("/bytes/to-upstream").asInt()).isPositive();
				assertThat(summary.at("/handshakes/switched").asInt()).isPositive();
			}
			events.await((candidate) -> candidate.get("open").asInt() == before);
		}
	}

	@Test
	void eventsHaveVerdicts() {
		try (Wire client = PAIR.connect()) {
			client.send("GET /chat HTTP/1.1\nHost: localhost\nSec-WebSocket-Key: " + Handshakes.KEY
					+ "\nSec-WebSocket-Version: 13\n\n");
			assertThat(client.head()).startsWith("HTTP/1.1 426 ");
			try (ConsoleEvents events = ConsoleEvents.listen(PAIR.gateway())) {
				JsonNode summary = events.await(
						(candidate) -> candidate.at("/newest/0/finding").asString().equals("upgrade-dropped-in-front"));
				assertThat(new HandshakeRow(summary.at("/newest/0"))).hasStatus(426)
					.isFailure()
					.hasTitleWith("dropped");
			}
		}
	}

	@Test
	void listenersAreFew() {
		List<ConsoleEvents> listeners = new ArrayList<>();
		try {
			for (int i = 0; i < MOST_LISTENERS; i++) {
				ConsoleEvents listener = ConsoleEvents.listen(PAIR.gateway());
				listener.await((summary) -> true);
				listeners.add(listener);
			}
			assertThat(statusOfAnother()).isEqualTo(503);
		}
		finally {
			listeners.forEach(ConsoleEvents::close);
		}
		Awaitility.await().until(() -> statusOfAnother() == 200);
	}

	private static int statusOfAnother() {
		try (ConsoleEvents another = ConsoleEvents.listen(PAIR.gateway())) {
			return another.status();
		}
	}

	/**
	 * The class fails if a buffer leaks. Places are free again soon.
	 */
	@Test
	void listenersMayLeaveAtAnyMoment() {
		Random random = new Random(1);
		for (int i = 0; i < LEAVING; i++) {
			try (Wire client = Wire.connect(PAIR.gateway().managementPort())) {
				client.send("GET /actuator/console/events HTTP/1.1\nHost: localhost\n\n");
				LockSupport.parkNanos(random.nextInt(LONGEST_STAY_NANOS));
				client.reset();
			}
		}
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> statusOfAnother() == 200);
	}

	@Test
	void anEventIsOneLineOfData() {
		try (Wire client = Wire.connect(PAIR.gateway().managementPort())) {
			client.send("GET /actuator/console/events HTTP/1.1\nHost: localhost\n\n");
			assertThat(client.head()).contains("\nContent-Type: text/event-stream;charset=UTF-8\n");
			assertThat(ConsoleEvents.chunk(client)).startsWith("data:{\"at\":\"20")
				.endsWith("}\n\n")
				.contains("\"writes\":{\"tunnels\":false,\"drain\":false},")
				.containsOnlyOnce("data:");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "immediate", "graceful" })
	void eventsEndWithTheGateway(String shutdown) {
		Gateway stopping = Gateway.with().property("server.shutdown", shutdown).start();
		try (ConsoleEvents events = ConsoleEvents.listen(stopping)) {
			events.await((summary) -> true);
			stopping.close();
			events.awaitEnd();
		}
	}

	@Test
	void saysWhoMayWrite() {
		try (ConsoleEvents events = ConsoleEvents.listen(PAIR.gateway())) {
			assertThat(events.await((summary) -> true).get("writes").toString())
				.isEqualTo("{\"tunnels\":false,\"drain\":false}");
		}
		try (Gateway open = Admin.allowWrites(Gateway.with()).start();
				ConsoleEvents events = ConsoleEvents.listen(open)) {
			assertThat(events.await((summary) -> true).get("writes").toString())
				.isEqualTo("{\"tunnels\":true,\"drain\":true}");
		}
	}

	@Test
	void pagesOfOtherSitesWriteNothing() {
		try (Gateway open = Admin.allowWrites(Gateway.with()).route("chat", PAIR.upstream().uri()).start()) {
			String post = "POST /actuator/drain?route=chat HTTP/1.1\nHost: localhost\n";
			assertThat(Stream.of("Content-Length: 0", "Content-Type: text/plain\nContent-Length: 0",
					"Content-Type: text/plain\nContent-Length: 2",
					"Content-Type: application/x-www-form-urlencoded\n" + "Content-Length: 2"))
				.allSatisfy((headers) -> {
					assertThat(send(open.managementPort(), post + headers + "\n")).startsWith("HTTP/1.1 415 ")
						.containsPattern("Content-Type: (absent|[a-z/-]+) \\(expected: .*application/json\\)");
					assertThat(send(open.managementPort(), post + "Origin: https://other.example\n" + headers + "\n"))
						.startsWith("HTTP/1.1 403 ");
				});
			for (String method : List.of("POST", "DELETE")) {
				assertThat(send(open.managementPort(), """
						OPTIONS /actuator/%s HTTP/1.1
						Host: localhost
						Origin: https://other.example
						Access-Control-Request-Method: %s
						Access-Control-Request-Headers: content-type
						""".formatted(method.equals("POST") ? "drain" : "tunnels", method)))
					.doesNotContain("Access-Control-Allow");
			}
			assertThat(Admin.of(open).drains()).isEmpty();
		}
	}

	private static String get(int port, String path) {
		return send(port, "GET " + path + " HTTP/1.1\nHost: localhost\n");
	}

	private static String send(int port, String request) {
		int body = request.contains("Content-Length: 2") ? 2 : 0;
		try (Wire client = Wire.connect(port)) {
			client.send(request + "Connection: close\n\n" + "{}".substring(0, body));
			return client.head() + new String(client.rest(), StandardCharsets.UTF_8);
		}
	}

}
