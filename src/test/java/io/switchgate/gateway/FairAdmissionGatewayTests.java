package io.switchgate.gateway;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

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
 * One client that floods, and others that come later.
 */
class FairAdmissionGatewayTests {

	private static final String FLOODER = "127.0.0.2";

	private static final int FLOOD = 300;

	private static final Duration DEADLINE = Duration.ofSeconds(30);

	/**
	 * Those of the flood that have their turns after the newcomers, at least.
	 */
	private static final int BEHIND = 10;

	private static Wire handshake(Gateway gateway, String address) {
		Wire client = Wire.connect(address, gateway.port());
		client.send(Handshakes.request("/chat?from=" + address));
		return client;
	}

	private static int turn(List<String> heads, String address) {
		for (int i = 0; i < heads.size(); i++) {
			if (heads.get(i).contains("from=" + address)) {
				return i;
			}
		}
		return -1;
	}

	private static void acceptAll(ScriptedUpstream upstream, List<Wire> connections, List<String> heads) {
		try {
			while (true) {
				Wire connection = upstream.accept();
				connections.add(connection);
				heads.add(connection.head());
			}
		}
		catch (UncheckedIOException ex) {
			// The upstream is closed.
		}
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#transports")
	void letsNewcomersInBeforeTheRestOfAFlood(Lane lane) {
		Assumptions.assumeTrue(lane.transport().isAvailable());
		List<Wire> clients = new ArrayList<>();
		List<Wire> connections = new CopyOnWriteArrayList<>();
		List<String> heads = new CopyOnWriteArrayList<>();
		try (ScriptedUpstream upstream = ScriptedUpstream.start();
				Gateway gateway = Gateway.with()
					.route("chat", upstream.uri())
					.property("switchgate.transport.type", lane.transport().name())
					.property("switchgate.handshake.rate", "5")
					.property("switchgate.handshake.rate-wait", "25s")
					.start()) {
			Thread server = new Thread(() -> acceptAll(upstream, connections, heads));
			server.start();
			for (int i = 0; i < FLOOD; i++) {
				clients.add(handshake(gateway, FLOODER));
			}
			for (String newcomer : List.of("127.0.0.3", "127.0.0.4")) {
				clients.add(handshake(gateway, newcomer));
				Awaitility.await().atMost(DEADLINE).until(() -> turn(heads, newcomer) != -1);
			}
			int last = turn(heads, "127.0.0.4");
			Awaitility.await().atMost(DEADLINE).until(() -> heads.size() > last + BEHIND);
			assertThat(heads.subList(last + 1, heads.size())).as("the flood still waits")
				.allMatch((head) -> head.contains("from=" + FLOODER));
		}
		finally {
			clients.forEach(Wire::close);
			connections.forEach(Wire::close);
		}
	}

}
