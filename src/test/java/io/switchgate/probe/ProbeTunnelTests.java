package io.switchgate.probe;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.RunningProbe;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what the command sends and receives through a tunnel.
 */
class ProbeTunnelTests {

	private ScriptedUpstream upstream;

	@BeforeEach
	void start() {
		this.upstream = ScriptedUpstream.start();
	}

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	private String url() {
		return "ws://localhost:" + this.upstream.port() + "/ws";
	}

	@Test
	void anEchoIsStatus0() throws Exception {
		RunningProbe probe = RunningProbe.start(url(), "--message", "hi");
		try (Wire wire = this.upstream.accept()) {
			String request = RunningProbe.accept(wire);
			assertThat(request).startsWith("GET /ws HTTP/1.1\nHost: localhost:" + this.upstream.port() + "\n")
				.contains("\nUpgrade: websocket\nConnection: Upgrade\n", "\nSec-WebSocket-Version: 13\n");
			Frame ping = wire.frame();
			assertThat(ping.masked()).isTrue();
			wire.send(new Frame(0x8A, false, ping.payload()).bytes());
			assertThat(wire.frame().text()).isEqualTo("hi");
			wire.send(Frame.text("Message text was: hi").bytes());
			Frame close = wire.frame();
			assertThat(close.code()).isEqualTo(1000);
			wire.send(Frame.close(1000, "").bytes());
			assertThat(probe.awaitStatus(0))
				.contains("\n> GET /ws HTTP/1.1\n> Host: localhost:",
						"\n< HTTP/1.1 101 Switching Protocols\n< Upgrade: websocket\n",
						"\n* negotiated: no subprotocol, no extensions\n* ping: pong after ",
						"\n* message: Message text was: hi\n* end: closed with 1000\n")
				.containsPattern("\n\\* times: resolve [0-9.]+ m?s, connect [0-9.]+ m?s, answer [0-9.]+ m?s, "
						+ "pong [0-9.]+ m?s, message [0-9.]+ m?s\n");
		}
	}

	@Test
	void aPongWithoutAnEchoIsStatus0() throws Exception {
		RunningProbe probe = RunningProbe.start(url(), "--timeout", "300ms");
		try (Wire wire = this.upstream.accept()) {
			RunningProbe.accept(wire);
			wire.send(new Frame(0x8A, false, wire.frame().payload()).bytes());
			assertThat(wire.frame().text()).isEqualTo("switchgate probe");
			assertThat(wire.frame().isClose()).isTrue();
			assertThat(probe.awaitStatus(0)).contains("\n* message: no message came back within 300 ms\n",
					"\n* end: no answer to the close frame within 300 ms\n");
		}
	}

	@Test
	void greetingsAndPingsAreNoEcho() throws Exception {
		RunningProbe probe = RunningProbe.start(url(), "--message", "hi", "--timeout", "300ms");
		try (Wire wire = this.upstream.accept()) {
			RunningProbe.accept(wire);
			wire.send(Frame.text("welcome").bytes()).send(new Frame(0x89, false, new byte[] { 1 }).bytes());
			Frame ping = wire.frame();
			assertThat(wire.frame().first()).isEqualTo(0x8A);
			wire.send(new Frame(0x8A, false, ping.payload()).bytes());
			wire.frame();
			assertThat(probe.awaitStatus(4)).contains("\n* messages before the probe said anything: 1\n",
					"\n* message: no message came back within 300 ms\n");
		}
	}

	@Test
	void aTunnelThatAnswersNothingIsStatus4() throws Exception {
		RunningProbe probe = RunningProbe.start(url(), "--timeout", "200ms");
		try (Wire wire = this.upstream.accept()) {
			RunningProbe.accept(wire);
			assertThat(probe.awaitStatus(4))
				.contains("\n* ping: no pong\n* message: no message came back within 200 ms\n");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "1008 | upstream-close 1008 (not you)", "1000 | upstream-close 1000 (not you)",
					"0 | upstream-fin 1006", "1 | upstream-reset 1006 (Connection reset)",
					"2 | upstream-protocol 1002 (a frame with reserved bits, and no extension)" })
	void anEarlyEndIsStatus4(int how, String end) throws Exception {
		RunningProbe probe = RunningProbe.start(url());
		try (Wire wire = this.upstream.accept()) {
			RunningProbe.accept(wire);
			wire.frame();
			switch (how) {
				case 0 -> wire.fin();
				case 1 -> wire.reset();
				case 2 -> wire.send(new byte[] { (byte) 0xFF, 0 });
				default -> wire.send(Frame.close(how, "not you").bytes());
			}
			assertThat(probe.awaitStatus(4)).contains("\n* end: by the server after ", ", " + end + "\n",
					"\n* message: no message came back\n");
		}
	}

	@Test
	void subprotocolsAreOffered() throws Exception {
		RunningProbe probe = RunningProbe.start(url(), "--subprotocol", "mqtt,chat", "--timeout", "200ms");
		try (Wire wire = this.upstream.accept()) {
			assertThat(RunningProbe.accept(wire, "Sec-WebSocket-Protocol: chat"))
				.contains("\nSec-WebSocket-Protocol: mqtt, chat\n");
			wire.send(new Frame(0x8A, false, wire.frame().payload()).bytes());
			assertThat(probe.awaitStatus(0)).contains("\n* negotiated: subprotocol chat, no extensions\n");
		}
	}

	@ParameterizedTest
	@CsvSource({ "'', none of the offered subprotocols", "Sec-WebSocket-Protocol: other, a subprotocol that was not",
			"Sec-WebSocket-Extensions: x, an extension that was not offered" })
	void anAnswerThatDoesNotMatchTheOfferIsStatus1(String header, String complaint) throws Exception {
		RunningProbe probe = RunningProbe.start(url(), "--subprotocol", "chat");
		try (Wire wire = this.upstream.accept()) {
			RunningProbe.accept(wire, header.isEmpty() ? new String[0] : new String[] { header });
			assertThat(probe.awaitStatus(1)).contains("\n* 101 with " + complaint);
		}
	}

}
