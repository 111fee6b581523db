package io.switchgate.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hops in front that name the client in a header of the PROXY protocol, and others that
 * try.
 */
class ProxyProtocolGatewayTests {

	private static final String VERSION_1 = "PROXY TCP4 192.0.2.7 198.51.100.1 40000 443\n";

	private static final String CONNECTIONS = "switchgate.client.connections-per-address";

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> trust(gateway, uri, "127.0.0.1").property(CONNECTIONS, "1"));

	private static Gateway.Builder trust(Gateway.Builder gateway, String uri, String trusted) {
		return gateway.route("chat", uri)
			.property("switchgate.client.proxy-protocol", "true")
			.property("switchgate.forwarded.trusted", trusted);
	}

	/**
	 * Returns a header of version 2 for TCP over IPv4, in full.
	 */
	private static byte[] version2(int command) {
		ByteArrayOutputStream header = new ByteArrayOutputStream();
		header.writeBytes("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.ISO_8859_1));
		header.writeBytes(new byte[] { (byte) command, 0x11, 0, 12 });
		header.writeBytes(new byte[] { (byte) 192, 0, 2, 8, (byte) 198, 51, 100, 1 });
		header.writeBytes(new byte[] { (byte) 0x9C, 0x40, 1, (byte) 0xBB });
		return header.toByteArray();
	}

	private static String receivedBehind(byte[] header) {
		try (Wire client = PAIR.connect()) {
			client.send(header);
			client.send(Handshakes.request("/chat", "X-Forwarded-For: 10.9.9.9"));
			try (Wire upstream = PAIR.accept()) {
				return upstream.head();
			}
		}
	}

	@Test
	void takesTheClientFromTheHeader() {
		assertThat(receivedBehind(Wire.crlf(VERSION_1))).contains("\nX-Forwarded-For: 192.0.2.7\n");
		assertThat(receivedBehind(Wire.crlf("PROXY TCP6 2001:db8::7 2001:db8::1 40000 443\n")))
			.contains("\nX-Forwarded-For: 2001:db8::7\n");
		assertThat(receivedBehind(version2(0x21))).contains("\nX-Forwarded-For: 192.0.2.8\n");
	}

	@Test
	void takesTheHopItselfForTheClientWhenItSaysSo() {
		assertThat(receivedBehind(Wire.crlf("PROXY UNKNOWN\n"))).contains("\nX-Forwarded-For: 10.9.9.9, 127.0.0.1\n");
	}

	@Test
	void readsAHeaderInPieces() {
		try (Wire client = PAIR.connect()) {
			for (char c : VERSION_1.toCharArray()) {
				client.send(String.valueOf(c));
			}
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = PAIR.accept()) {
				assertThat(upstream.head()).contains("\nX-Forwarded-For: 192.0.2.7\n");
			}
		}
	}

	@Test
	void countsConnectionsByTheClientThatIsNamed() {
		try (Wire first = PAIR.connect(); Wire second = PAIR.connect(); Wire other = PAIR.connect()) {
			first.send(VERSION_1 + Handshakes.request("/chat"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				second.send(VERSION_1 + Handshakes.request("/chat"));
				assertThat(second.head()).startsWith("HTTP/1.1 429 ");
				other.send(VERSION_1.replace("2.7", "2.9") + Handshakes.request("/chat"));
				try (Wire otherUpstream = PAIR.accept()) {
					assertThat(otherUpstream.head()).contains("\nX-Forwarded-For: 192.0.2.9\n");
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /chat HTTP/1.1\nHost: a\n\n", "PROXY TCP4 nonsense\n", "PROXY\n" })
	void closesTheConnectionOfATrustedHopWithoutAHeader(String start) {
		try (Wire client = PAIR.connect()) {
			client.send(start);
			client.awaitEnd();
		}
	}

	@Test
	void believesNobodyElse() {
		try (Gateway other = trust(Gateway.with(), PAIR.upstream().uri(), "192.0.2.0/24").start()) {
			try (Wire client = other.connect()) {
				client.send(VERSION_1 + Handshakes.request("/chat"));
				assertThat(client.head()).startsWith("HTTP/1.1 400 ");
			}
			try (Wire client = other.connect()) {
				client.send(version2(0x21));
				assertThat(client.head()).startsWith("HTTP/1.1 400 ");
			}
			try (Wire client = other.connect()) {
				client.send(Handshakes.request("/chat"));
				try (Wire upstream = PAIR.accept()) {
					assertThat(upstream.head()).contains("\nX-Forwarded-For: 127.0.0.1\n");
				}
			}
		}
	}

}
