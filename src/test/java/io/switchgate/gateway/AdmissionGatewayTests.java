package io.switchgate.gateway;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
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

	private static final String FLOODER = "127.0.0.2";

	private static final String NEWCOMER = "127.0.0.3";

	@AutoClose
	private static final ScriptedUpstream CHAT = ScriptedUpstream.start();

	@AutoClose
	private static final ScriptedUpstream HANGING = ScriptedUpstream.start();

	@AutoClose
	private static final ScriptedUpstream QUICK = ScriptedUpstream.start();

	@AutoClose
	private static final Gateway GATEWAY = Gateway.with()
		.route("chat", CHAT.uri())
		.route("hanging", HANGING.uri())
		.route("quick", QUICK.uri())
		.start();

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

	@Test
	void admitsABurstWithoutRefusingAnyOfIt() {
		serveAll(QUICK);
		handshakes(BURST, GATEWAY, "127.0.0.1", "/quick").forEach((client) -> {
			assertThat(client.head()).startsWith("HTTP/1.1 101 ");
			client.close();
		});
	}

	@Test
	void upstreamThatHangsHoldsUpNoOtherRouteAndNoOtherClient() {
		List<Wire> flood = handshakes(FLOOD, GATEWAY, FLOODER, "/hanging");
		List<Wire> connections = new ArrayList<>();
		IntStream.range(0, FLOOD / 2).forEach((i) -> connections.add(HANGING.accept()));
		for (String address : List.of(FLOODER, NEWCOMER)) {
			assertServed(handshakes(1, GATEWAY, address, "/chat").get(0), CHAT);
		}
		Wire newcomer = handshakes(1, GATEWAY, NEWCOMER, "/hanging?newcomer").get(0);
		Wire connection = HANGING.accept();
		while (!connection.head().contains("newcomer")) {
			connections.add(connection);
			connection = HANGING.accept();
		}
		connection.send(Handshakes.SWITCHED);
		assertThat(newcomer.head()).startsWith("HTTP/1.1 101 ");
		newcomer.close();
		connection.close();
		flood.forEach(Wire::close);
		connections.forEach(Wire::close);
	}

	@Test
	void clientsWaitForAPlaceOfTheirRouteAndLeaveNone() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start();
				Gateway gateway = Gateway.with()
					.route("chat", upstream.uri())
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
