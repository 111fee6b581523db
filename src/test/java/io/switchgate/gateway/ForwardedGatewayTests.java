package io.switchgate.gateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the upstream learns of a client behind a trusted hop. Behind anybody else:
 * {@link HeaderGatewayTests}.
 */
class ForwardedGatewayTests {

	private static ScriptedUpstream upstreams;

	private static Gateway gateway;

	@BeforeAll
	static void start() {
		upstreams = ScriptedUpstream.start();
		gateway = Gateway.with()
			.route("chat", upstreams.uri())
			.property("switchgate.forwarded.trusted", "10.0.0.0/8, 127.0.0.1, 2001:db8::/32")
			.start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		upstreams.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Connection: Upgrade", "Connection: X-Forwarded-For" })
	void continuesWhatATrustedHopSays(String connection) {
		String request = Handshakes
			.request("/chat", "X-Forwarded-For: 192.0.2.7, 10.1.2.3", "X-Forwarded-Proto: https",
					"Forwarded: for=192.0.2.7")
			.replace("Connection: Upgrade", connection);
		// Without the upgrade it is a plain request, and the same holds.
		String sent = connection.endsWith("Upgrade") ? request : request.replaceAll("(Upgrade|Sec-.*):.*\n", "");
		assertThat(receivedFor(sent)).contains("\nX-Forwarded-For: 192.0.2.7, 10.1.2.3, 127.0.0.1\n",
				"\nX-Forwarded-Proto: https\n", "\nForwarded: for=192.0.2.7\n",
				"\nX-Forwarded-Host: test.example.com\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/33", "example.com", "10.0.0.0/x", "::1/129", "10.0.0" })
	void stopsTheStartAtSomethingThatIsNoNetwork(String network) {
		assertThatThrownBy(() -> Gateway.with().property("switchgate.forwarded.trusted", network).start()).rootCause()
			.hasMessage("switchgate.forwarded.trusted: " + network
					+ " (expected: an address or network, as in 10.0.0.0/8 or 2001:db8::/32)");
	}

	@Test
	void addsWhatATrustedHopLeavesOut() {
		assertThat(receivedFor(Handshakes.request("/chat"))).contains("\nX-Forwarded-For: 127.0.0.1\n",
				"\nX-Forwarded-Proto: http\n");
	}

	private static String receivedFor(String request) {
		try (Wire client = gateway.connect()) {
			client.send(request);
			try (Wire upstream = upstreams.accept()) {
				String received = upstream.head();
				upstream.send("HTTP/1.1 200 OK\nContent-Length: 0\nConnection: close\n\n");
				client.head();
				return received;
			}
		}
	}

}
