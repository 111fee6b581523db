package io.switchgate.gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the upstream learns of a client behind a trusted hop. Behind anybody else:
 * {@link UntrustedGatewayTests}.
 */
class ForwardedGatewayTests {

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension.with((gateway, uri) -> gateway.route("chat", uri)
		.property("switchgate.forwarded.trusted", "10.0.0.0/8, 127.0.0.1, 2001:db8::/32"));

	@ParameterizedTest
	@ValueSource(strings = { "Connection: Upgrade", "Connection: X-Forwarded-For, Forwarded" })
	void continuesWhatATrustedHopSays(String connection) {
		String request = Handshakes
			.request("/chat", "X-Forwarded-For: 192.0.2.7, 10.1.2.3", "X-Forwarded-Proto: https",
					"X-Forwarded-Prefix: /app", "X-Real-IP: 192.0.2.7", "Forwarded: for=192.0.2.7;proto=https",
					"Forwarded: for=\"[2001:db8::7]:80\"")
			.replace("Connection: Upgrade", connection);
		// Without the upgrade it is a plain request, and the same holds.
		String sent = connection.endsWith("Upgrade") ? request : request.replaceAll("(Upgrade|Sec-.*):.*\n", "");
		assertThat(receivedFor(sent))
			.contains("\nX-Forwarded-For: 192.0.2.7, 10.1.2.3, 127.0.0.1\n", "\nX-Forwarded-Proto: https\n",
					"\nX-Forwarded-Prefix: /app\n", "\nX-Real-IP: 192.0.2.7\n",
					"\nForwarded: for=192.0.2.7;proto=https, for=\"[2001:db8::7]:80\", "
							+ "for=127.0.0.1;host=test.example.com;proto=http\n",
					"\nX-Forwarded-Host: test.example.com\n")
			.doesNotContain("X-Forwarded-Port");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "for=\"192.0.2.7", "for=192.0.2.7, for=\"", "for=a\"b, for=\"c", "192.0.2.7", "for=\"\\\"\"" })
	void startsAgainWhereNobodyCanTellTheElementsApart(String forwarded) {
		assertThat(receivedFor(Handshakes.request("/chat", "Forwarded: for=192.0.2.6", "Forwarded: " + forwarded)))
			.contains("\nForwarded: for=127.0.0.1;host=test.example.com;proto=http\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Proto | http       | https
			Host  | evil.test  | example.com:8443
			Port  | 1          | 8443
			""")
	void keepsTheLastWordWhereTheHopOnlyAdds(String name, String clients, String hops) {
		String header = "X-Forwarded-" + name + ": ";
		assertThat(receivedFor(Handshakes.request("/chat", header + clients, header + hops)))
			.contains("\n" + header + hops + "\n")
			.doesNotContain(header + clients + "\n");
		assertThat(receivedFor(Handshakes.request("/chat", header + clients + ", " + hops)))
			.contains("\n" + header + hops + "\n")
			.doesNotContain(clients + ",");
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
		assertThat(receivedFor(Handshakes.request("/chat")))
			.contains("\nX-Forwarded-For: 127.0.0.1\n", "\nX-Forwarded-Proto: http\n",
					"\nX-Forwarded-Port: " + PAIR.gateway().port() + "\n")
			.doesNotContain("\nForwarded:");
	}

	private static String receivedFor(String request) {
		return PAIR.receivedFor(request, "HTTP/1.1 200 OK\nContent-Length: 0\nConnection: close\n\n");
	}

}
