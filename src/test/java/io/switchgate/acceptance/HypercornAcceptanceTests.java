package io.switchgate.acceptance;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of WebSockets over HTTP/2 (RFC 8441) to Hypercorn, in clear text and over TLS.
 */
@RequiresTool("python3")
class HypercornAcceptanceTests {

	private static final int MEBIBYTE = 1024 * 1024;

	private static Hypercorn clear;

	private static Hypercorn tls;

	private static Gateway gateway;

	@BeforeAll
	@Timeout(300)
	static void start() {
		clear = Hypercorn.start();
		tls = Hypercorn.startTls();
		gateway = Gateway.with()
			.route("clear", clear.uri(), "UpstreamHttpVersion=2", "StripPrefix=1")
			.route("tls", tls.uri(), "UpstreamHttpVersion=2", "StripPrefix=1")
			.trustUpstream()
			.start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		tls.close();
		clear.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/clear", "/tls" })
	void echoesMessages(String upstream) {
		try (Wire client = gateway.connect()) {
			client.send(Handshakes.request(upstream + "/ws"));
			assertThat(client.head()).startsWith("HTTP/1.1 101 ")
				.contains("Sec-WebSocket-Accept: " + Handshakes.ACCEPT);
			for (String text : List.of("hi", "a".repeat(126), "b".repeat(65_536), "c".repeat(MEBIBYTE))) {
				client.send(Frame.text(text).mask().bytes());
				assertThat(message(client)).isEqualTo("Message text was: " + text);
			}
			client.send(Frame.close(1000, "").mask().bytes());
			assertThat(client.frame().code()).isEqualTo(1000);
		}
	}

	/**
	 * Reads a message, which Hypercorn may split into frames.
	 */
	private static String message(Wire client) {
		StringBuilder message = new StringBuilder();
		Frame frame;
		do {
			frame = client.frame();
			message.append(frame.text());
		}
		while ((frame.first() & 0x80) == 0);
		return message.toString();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/clear", "/tls" })
	void refusesWithTheStatusOfHypercorn(String upstream) {
		try (Wire client = gateway.connect()) {
			client.send(Handshakes.request(upstream + "/refused"));
			assertThat(client.head()).startsWith("HTTP/1.1 403 ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/clear", "/tls" })
	void negotiatesCompression(String upstream) {
		List<String> lines = Program.run(Duration.ofSeconds(60), BuildDirectory.resolve(""), Installation.python(),
				BuildDirectory.resource("deflate.py"), "ws://127.0.0.1:" + gateway.port() + upstream + "/ws");
		assertThat(lines).hasSize(2).first().asString().startsWith("permessage-deflate");
		assertThat(lines).last().isEqualTo("echoed");
	}

}
