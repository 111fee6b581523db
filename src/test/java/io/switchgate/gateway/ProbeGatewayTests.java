package io.switchgate.gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.RunningProbe;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command {@code probe} through a gateway, and against its upstream.
 */
class ProbeGatewayTests {

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> gateway.route("ws", uri).route("dropping", uri, "ForwardUpgradeHeaders=false").tls());

	private static RunningProbe probe(String path) {
		return RunningProbe.start("wss://localhost:" + PAIR.gateway().port() + path, "--insecure", "--message", "hi",
				"--against", "ws://localhost:" + PAIR.upstream().port() + path);
	}

	private static void echo() {
		try (Wire wire = PAIR.accept()) {
			RunningProbe.accept(wire);
			wire.send(new Frame(0x8A, false, wire.frame().payload()).bytes());
			wire.send(Frame.text(wire.frame().text()).bytes());
			wire.frame();
			wire.send(Frame.close(1000, "").bytes());
			wire.awaitEnd();
		}
	}

	private static String answer(String answer) {
		try (Wire wire = PAIR.accept()) {
			String request = wire.head();
			wire.send(answer);
			return request;
		}
	}

	@Test
	void nobodyIsToBlameForATunnelBothWays() throws Exception {
		RunningProbe probe = probe("/ws");
		echo();
		echo();
		assertThat(probe.awaitStatus(0)).contains("\nblame: nobody: it works both ways\n", "\n* message: hi\n",
				"\n* end: closed with 1000\n");
	}

	@Test
	void theUpstreamIsToBlameForTheSameAnswerBothWays() throws Exception {
		RunningProbe probe = probe("/ws");
		answer("HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n");
		answer("HTTP/1.1 403 Forbidden\nContent-Length: 0\nServer: x\n\n");
		assertThat(probe.awaitStatus(1)).contains("\nblame: the upstream: it says the same directly\n")
			.containsPattern("\n  Server +- +x\n");
	}

	@Test
	void theUpstreamComesFirstForDifferentRefusals() throws Exception {
		RunningProbe probe = probe("/ws");
		answer("HTTP/1.1 503 Service Unavailable\nContent-Length: 0\n\n");
		answer("HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n");
		assertThat(probe.awaitStatus(1)).contains("\nblame: the upstream first: it fails directly as well")
			.containsPattern("\n  upgrade +503 Service Unavailable +403 Forbidden\n");
	}

	@Test
	void theHopIsToBlameIfItWorksDirectly() throws Exception {
		RunningProbe probe = probe("/dropping");
		assertThat(answer("HTTP/1.1 400 Bad Request\nContent-Length: 0\n\n")).doesNotContain("Upgrade:");
		echo();
		answer("HTTP/1.1 404 Not Found\nContent-Length: 0\n\n");
		answer("HTTP/1.1 404 Not Found\nContent-Length: 0\n\n");
		assertThat(probe.awaitStatus(1)).contains("\nblame: the hop at localhost:")
			.doesNotContain("So the hop dropped")
			.containsPattern("\n  plain GET +404 Not Found +404 Not Found\n");
	}

	@Test
	void theHopDroppedTheHeadersIfThePlainAnswerIsTheSame() throws Exception {
		RunningProbe probe = probe("/dropping");
		answer("HTTP/1.1 404 Not Found\nContent-Length: 0\n\n");
		answer("HTTP/1.1 404 Not Found\nContent-Length: 0\n\n");
		echo();
		answer("HTTP/1.1 404 Not Found\nContent-Length: 0\n\n");
		assertThat(probe.awaitStatus(1))
			.contains("  Through the hop it is answered as a plain GET is directly: 404 Not "
					+ "Found.\n  So the hop dropped Upgrade: websocket and Connection: Upgrade");
	}

	@Test
	void aWayThatWorksNeedsNoOther() throws Exception {
		RunningProbe probe = probe("/ws");
		echo();
		answer("HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n");
		assertThat(probe.awaitStatus(0)).contains("\nblame: nobody: it works through the hop");
	}

	@Test
	void theGatewayTellsWhatItMissed() throws Exception {
		RunningProbe probe = RunningProbe.start("wss://localhost:" + PAIR.gateway().port() + "/ws", "--insecure",
				"--header", "Upgrade:", "--header", "Connection: close");
		assertThat(probe.awaitStatus(1)).contains("\n< HTTP/1.1 426 Upgrade Required\n");
	}

}
