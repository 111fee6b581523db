package io.switchgate.gateway;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More handshakes than begin at once, without a rate.
 */
class AdmissionGatewayTests {

	private static final int BURST = 2_000;

	/**
	 * More than the places that a route has for one address.
	 */
	private static final int FLOOD = 900;

	private static final Duration DEADLINE = Duration.ofSeconds(30);

	private static final String FLOODER = "127.0.0.2";

	private static final String NEWCOMER = "127.0.0.3";

	private static Gateway.Builder gateway(Lane lane) {
		Assumptions.assumeTrue(lane.transport().isAvailable());
		return Gateway.with().property("switchgate.transport.type", lane.transport().name());
	}

	private static List<Wire> handshakes(int count, Gateway gateway, String address, String path) {
		return IntStream.range(0, count).mapToObj((i) -> {
			Wire client = Wire.connect(address, gateway.port());
			client.send(Handshakes.request(path));
			return client;
		}).toList();
	}

	private static void assertServed(Wire client, ScriptedUpstream upstream) {
		serveUnlessGone(upstream.accept());
		assertThat(client.head()).startsWith("HTTP/1.1 101 ");
	}

	/**
	 * Begins to answer all handshakes that arrive.
	 */
	private static void serveAll(ScriptedUpstream upstream) {
		new Thread(() -> {
			try {
				while (true) {
					serveUnlessGone(upstream.accept());
				}
			}
			catch (UncheckedIOException ex) {
				// The upstream is closed.
			}
		}).start();
	}

	private static void serveUnlessGone(Wire connection) {
		try (connection) {
			connection.head();
			connection.send(Handshakes.SWITCHED);
		}
		catch (UncheckedIOException ex) {
			// The client has left.
		}
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#transports")
	void admitsABurstWithoutRefusingAnyOfIt(Lane lane) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start();
				Gateway gateway = gateway(lane).route("chat", upstream.uri()).start()) {
			serveAll(upstream);
			handshakes(BURST, gateway, "127.0.0.1", "/chat").forEach((client) -> {
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
				client.close();
			});
		}
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#transports")
	void refusesTheRestOfABurstWhereNoneMayWait(Lane lane) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start();
				Gateway gateway = gateway(lane).route("chat", upstream.uri())
					.property("switchgate.handshake.rate-wait", "0s")
					.start()) {
			serveAll(upstream);
			List<String> refusals = new ArrayList<>();
			Awaitility.await().atMost(DEADLINE).until(() -> {
				List<Wire> clients = IntStream.range(0, FLOOD).mapToObj((i) -> Wire.connect(gateway.port())).toList();
				clients.forEach((client) -> client.send(Handshakes.request("/chat")));
				clients.stream().map(Wire::head).filter((head) -> !head.contains(" 101 ")).forEach(refusals::add);
				clients.forEach(Wire::close);
				return !refusals.isEmpty();
			});
			assertThat(refusals).allSatisfy((refusal) -> assertThat(refusal).startsWith("HTTP/1.1 503 ")
				.containsPattern("\nRetry-After: ([1-9]|10)\n"));
		}
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#transports")
	void upstreamThatHangsHoldsUpNoOtherRouteAndNoOtherClient(Lane lane) {
		List<Wire> connections = new ArrayList<>();
		List<Wire> flood = List.of();
		try (ScriptedUpstream chat = ScriptedUpstream.start();
				ScriptedUpstream hanging = ScriptedUpstream.start();
				Gateway gateway = gateway(lane).route("chat", chat.uri()).route("hanging", hanging.uri()).start()) {
			flood = handshakes(FLOOD, gateway, FLOODER, "/hanging");
			IntStream.range(0, FLOOD / 2).forEach((i) -> connections.add(hanging.accept()));
			for (String address : List.of(FLOODER, NEWCOMER)) {
				assertServed(handshakes(1, gateway, address, "/chat").get(0), chat);
			}
			try (Wire newcomer = handshakes(1, gateway, NEWCOMER, "/hanging?newcomer").get(0)) {
				Wire connection = hanging.accept();
				connections.add(connection);
				while (!connection.head().contains("newcomer")) {
					connection = hanging.accept();
					connections.add(connection);
				}
				connection.send(Handshakes.SWITCHED);
				assertThat(newcomer.head()).startsWith("HTTP/1.1 101 ");
			}
		}
		finally {
			flood.forEach(Wire::close);
			connections.forEach(Wire::close);
		}
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#transports")
	void clientsWaitForAPlaceOfTheirRouteAndLeaveNone(Lane lane) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start();
				Gateway gateway = gateway(lane).route("chat", upstream.uri())
					.property("switchgate.handshake.in-flight", "1")
					.start();
				Wire first = gateway.connect()) {
			first.send(Handshakes.request("/chat"));
			try (Wire connection = upstream.accept()) {
				connection.head();
				List<Wire> leaving = handshakes(20, gateway, FLOODER, "/chat");
				List<Wire> waiting = handshakes(20, gateway, FLOODER, "/chat");
				leaving.forEach(Wire::reset);
				connection.send(Handshakes.SWITCHED);
				assertThat(first.head()).startsWith("HTTP/1.1 101 ");
				serveAll(upstream);
				assertThat(waiting).allSatisfy((client) -> assertThat(client.head()).startsWith("HTTP/1.1 101 "));
				waiting.forEach(Wire::close);
			}
		}
	}

}
