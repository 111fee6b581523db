package io.switchgate.gateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What upstream and client get of each other's handshake.
 */
class HandshakeGatewayTests {

	private static ScriptedUpstream upstream;

	private static Gateway gateway;

	@BeforeAll
	static void start() {
		upstream = ScriptedUpstream.start();
		gateway = Gateway.with().route("chat", upstream.uri()).start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
	}

	@Test
	void switchesBothSides() {
		try (Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire up = upstream.accept()) {
				assertThat(up.head()).contains("Upgrade: websocket\nConnection: Upgrade\n");
				up.send(Handshakes.SWITCHED);
				assertThat(client.head()).startsWith("HTTP/1.1 101 Switching Protocols\n");
				client.send(Frame.text("hi").mask().bytes());
				assertThat(up.frame().text()).isEqualTo("hi");
			}
		}
	}

}
