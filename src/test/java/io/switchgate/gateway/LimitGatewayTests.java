package io.switchgate.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who takes more than there is, or takes it too slowly.
 */
class LimitGatewayTests {

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> gateway.route("chat", uri).property("switchgate.client.head-timeout", "500ms"));

	private static Gateway.Builder limited(String property, String value) {
		return Gateway.with().route("chat", PAIR.upstream().uri()).property("switchgate." + property, value);
	}

	private static String assertProblem(Wire client, int status, String code) {
		return ProblemAnswer.expect(client, status, "problem:" + code);
	}

	private static void assertLastProblem(Wire client, int status, String code) {
		assertThat(assertProblem(client, status, code)).contains("\nConnection: close\n");
		assertThat(client.rest()).isEmpty();
	}

	private static void assertServed(Wire client) {
		client.send(Handshakes.request("/chat"));
		try (Wire upstream = PAIR.accept()) {
			assertThat(upstream.head()).startsWith("GET /chat HTTP/1.1\n");
			upstream.send(Handshakes.SWITCHED);
			assertThat(client.head()).startsWith("HTTP/1.1 101 ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "G", "GET /chat HTTP/1.1\nHost: a\nX: y" })
	void tellsWhoIsTooSlowWithARequest(String begun) {
		try (Wire client = PAIR.connect()) {
			client.send(begun);
			assertLastProblem(client, 408, "head-timeout");
		}
	}

	@Test
	void givesNoMoreTimeToWhoTrickles() {
		try (Wire client = PAIR.connect()) {
			Thread trickle = new Thread(() -> {
				try {
					client.send("GET /chat HTTP/1.1\nHost: a\n");
					while (true) {
						client.send("X: y\n");
					}
				}
				catch (RuntimeException ex) {
					// The gateway has had enough.
				}
			});
			trickle.start();
			client.awaitEnd();
			trickle.interrupt();
		}
	}

	@Test
	void closesSilentConnectionsWithoutAWord() {
		try (Wire client = PAIR.connect()) {
			assertThat(client.rest()).isEmpty();
		}
	}

	@Test
	void countsTheTimeFromTheLastAnswer() {
		try (Wire client = PAIR.connect()) {
			for (int request = 0; request < 3; request++) {
				client.send("GET /none HTTP/1.1\nHost: a\n\n");
				ProblemAnswer.expect(client, 404);
			}
			assertThat(client.rest()).isEmpty();
		}
	}

	@Test
	void endsABodyThatStops() {
		try (Gateway limited = limited("client.body-timeout", "300ms").start(); Wire client = limited.connect()) {
			client.send("POST /chat HTTP/1.1\nHost: a\nContent-Length: 5\n\nab");
			try (Wire upstream = PAIR.accept()) {
				assertThat(upstream.head()).startsWith("POST /chat ");
				assertProblem(client, 408, "body-timeout");
				assertThat(upstream.rest()).asString().isEqualTo("ab");
			}
		}
	}

	@Test
	void waitsForNoBodyForEverThatIsAnsweredAlready() {
		try (Gateway limited = limited("client.body-timeout", "300ms").start(); Wire client = limited.connect()) {
			client.send("POST /none HTTP/1.1\nHost: a\nContent-Length: 5\n\nab");
			ProblemAnswer.expect(client, 404);
			assertThat(client.rest()).isEmpty();
		}
	}

	@Test
	void leavesTunnelsTheirTime() {
		try (Wire client = PAIR.connect(); Wire silent = PAIR.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED);
				client.head();
				silent.awaitEnd();
				client.send(Frame.asText("x"));
				assertThat(upstream.frame().text()).isEqualTo("x");
			}
		}
	}

	@Test
	void closesConnectionsThatDoNotFinishTls() {
		try (Gateway tls = limited("client.tls-handshake-timeout", "300ms").tls().start();
				Wire silent = Wire.connect(tls.port());
				Wire client = tls.connect()) {
			assertServed(client);
			assertThat(silent.rest()).isEmpty();
		}
	}

	@Test
	void saysWhatIsTooLong() {
		try (Wire client = PAIR.connect()) {
			client.send("GET /" + "a".repeat(16 * 1024) + " HTTP/1.1\nHost: a\n\n");
			assertLastProblem(client, 414, "request-line-too-long");
		}
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/chat", "X: " + "a".repeat(16 * 1024)));
			assertLastProblem(client, 431, "head-too-large");
		}
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/chat", Stream.generate(() -> "X: y").limit(100).toArray(String[]::new)));
			assertLastProblem(client, 431, "head-too-large");
		}
		try (Wire client = PAIR.connect()) {
			client.send("GET /none HTTP/1.1\nHost: a\nX: " + "a".repeat(15 * 1024) + "\n\n");
			assertThat(client.head()).startsWith("HTTP/1.1 404 ");
		}
	}

	@Test
	void refusesMoreConnectionsThanThereIsRoomFor() {
		try (Gateway limited = limited("client.connections", "2").start(); Wire first = limited.connect()) {
			try (Wire second = limited.connect()) {
				assertServed(second);
				try (Wire third = limited.connect()) {
					assertThat(assertProblem(third, 503, "too-many-connections"))
						.containsPattern("\nRetry-After: ([1-9]|10)\n");
					assertThat(third.rest()).isEmpty();
				}
			}
			first.send("GET /none HTTP/1.1\nHost: a\n\n");
			assertThat(first.head()).startsWith("HTTP/1.1 404 ");
			try (Wire management = Wire.connect(limited.managementPort())) {
				management.send("GET /actuator/health HTTP/1.1\nHost: a\n\n");
				assertThat(management.head()).startsWith("HTTP/1.1 200 ");
			}
		}
	}

	@Test
	void refusesMoreConnectionsOfAClientThanItMayHave() {
		try (Gateway limited = limited("client.connections-per-address", "1").start(); Wire first = limited.connect()) {
			first.send("GET /none HTTP/1.1\nHost: a\n\n");
			assertThat(first.head()).startsWith("HTTP/1.1 404 ");
			try (Wire second = limited.connect()) {
				assertLastProblem(second, 429, "too-many-connections-of-client");
			}
		}
	}

	@Test
	void doesNotCountTheConnectionsOfATrustedHop() {
		try (Gateway limited = limited("client.connections-per-address", "1")
			.property("switchgate.forwarded.trusted", "127.0.0.1")
			.start(); Wire first = limited.connect(); Wire second = limited.connect()) {
			assertServed(first);
			assertServed(second);
		}
	}

	@Test
	void closesATlsConnectionThatThereIsNoRoomFor() {
		try (Gateway limited = limited("client.connections", "1").tls().start(); Wire first = limited.connect()) {
			assertServed(first);
			try (Wire second = Wire.connect(limited.port())) {
				assertThat(second.rest()).isEmpty();
			}
		}
	}

	@Test
	void refusesMoreHandshakesAtOnceThanARouteMayHave() {
		try (Gateway limited = limited("handshake.in-flight", "1").route("other", PAIR.upstream().uri())
			.property("switchgate.handshake.rate-wait", "200ms")
			.start(); Wire first = limited.connect(); Wire second = limited.connect(); Wire other = limited.connect()) {
			first.send(Handshakes.request("/chat"));
			try (Wire upstream = PAIR.accept()) {
				second.send(Handshakes.request("/chat"));
				assertThat(assertProblem(second, 503, "too-many-handshakes"))
					.containsPattern("\nRetry-After: ([1-9]|10)\n");
				other.send(Handshakes.request("/other"));
				try (Wire otherUpstream = PAIR.accept()) {
					assertThat(otherUpstream.head()).startsWith("GET /other ");
				}
				upstream.head();
				upstream.send(Handshakes.SWITCHED);
				assertThat(first.head()).startsWith("HTTP/1.1 101 ");
			}
			assertServed(second);
		}
	}

	@Test
	void admitsHandshakesOneAfterAnother() {
		try (Gateway limited = limited("handshake.rate", "20").start()) {
			List<Wire> clients = new ArrayList<>();
			long started = System.nanoTime();
			for (int i = 0; i < 10; i++) {
				Wire client = limited.connect();
				client.send(Handshakes.request("/chat"));
				clients.add(client);
			}
			for (int answered = 0; answered < clients.size(); answered++) {
				try (Wire upstream = PAIR.accept()) {
					upstream.head();
					upstream.send(Handshakes.SWITCHED);
				}
			}
			assertThat(System.nanoTime() - started).as("nanoseconds for 2 at once and 8 more")
				.isGreaterThan(250_000_000L);
			clients.forEach((client) -> assertThat(client.head()).startsWith("HTTP/1.1 101 "));
			clients.forEach(Wire::close);
		}
	}

	@Test
	void refusesHandshakesThatWouldWaitTooLong() {
		try (Gateway limited = limited("handshake.rate", "1").property("switchgate.handshake.rate-wait", "0s").start();
				Wire first = limited.connect();
				Wire second = limited.connect()) {
			first.send(Handshakes.request("/chat"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				second.send(Handshakes.request("/chat"));
				assertThat(assertProblem(second, 503, "handshake-rate-exceeded"))
					.containsPattern("\nRetry-After: ([1-9]|10)\n");
			}
			second.send("GET /none HTTP/1.1\nHost: a\n\n");
			assertThat(second.head()).as("no handshake, no limit").startsWith("HTTP/1.1 404 ");
		}
	}

}
