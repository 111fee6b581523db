package io.switchgate.acceptance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that uvicorn and ws behave behind the gateway as they do without it.
 */
@RequiresTool({ "python3", "node", "npm" })
class UvicornAcceptanceTests {

	private static final int CONNECTIONS = 1000;

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static Uvicorn uvicorn;

	private static NodeEcho echo;

	private static Gateway gateway;

	@BeforeAll
	@Timeout(300)
	static void start() {
		uvicorn = Uvicorn.start();
		echo = NodeEcho.start();
		gateway = Gateway.with()
			.route("echo", echo.uri())
			.route("ws", uvicorn.uri())
			.route("refused", uvicorn.uri())
			.route("nowhere", uvicorn.uri())
			.route("letters", uvicorn.uri())
			.start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		echo.close();
		uvicorn.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/refused", "/nowhere" })
	void refusesWithTheStatusOfUvicorn(String path) {
		String refusal = Wscat.sayHi(gateway.port(), path);
		assertThat(refusal).isEqualTo("error: Unexpected server response: 403")
			.isEqualTo(Wscat.sayHi(uvicorn.port(), path));
	}

	@Test
	void negotiatesCompressionThatCarriesAMebibyte() {
		List<String> direct = deflate(uvicorn.port());
		assertThat(direct).hasSize(2).first().asString().startsWith("permessage-deflate");
		assertThat(direct).last().isEqualTo("echoed");
		assertThat(deflate(gateway.port())).isEqualTo(direct);
	}

	private static List<String> deflate(int port) {
		return Program.run(DEADLINE, BuildDirectory.resolve(""), Installation.python(),
				BuildDirectory.resource("deflate.py"), "ws://127.0.0.1:" + port + "/ws");
	}

	@Test
	void echoesEveryMessageWhoseCloseFrameCameInTheSameSegment() {
		for (int i = 0; i < CONNECTIONS; i++) {
			try (Wire client = sendAndCloseAtOnce("/echo", "letter " + i)) {
				assertThat(client.frame().text()).isEqualTo("Message text was: letter " + i);
				assertThat(client.frame()).satisfies((close) -> assertThat(close.code()).isEqualTo(1000));
				assertThat(client.rest()).isEmpty();
			}
		}
	}

	@Test
	void deliversEveryMessageWhoseCloseFrameCameInTheSameSegment() {
		for (int i = 0; i < CONNECTIONS; i++) {
			try (Wire client = sendAndCloseAtOnce("/letters", "letter " + i)) {
				assertThat(client.frame()).satisfies((close) -> assertThat(close.code()).isEqualTo(1000));
				assertThat(client.rest()).isEmpty();
			}
		}
		assertThat(deliveredLetters())
			.isEqualTo(IntStream.range(0, CONNECTIONS).mapToObj((i) -> "letter " + i).toList());
	}

	private static Wire sendAndCloseAtOnce(String path, String text) {
		Wire client = gateway.connect();
		client.send(Handshakes.request(path));
		assertThat(client.head()).startsWith("HTTP/1.1 101 ");
		byte[] message = Frame.text(text).mask().bytes();
		byte[] close = Frame.close(1000, "").mask().bytes();
		byte[] segment = Arrays.copyOf(message, message.length + close.length);
		System.arraycopy(close, 0, segment, message.length, close.length);
		return client.send(segment);
	}

	private static List<String> deliveredLetters() {
		try (Wire client = Wire.connect(uvicorn.port())) {
			client.send("GET /letters HTTP/1.1\nHost: localhost\nConnection: close\n\n");
			client.head();
			String json = new String(client.rest(), StandardCharsets.UTF_8);
			return List.of(json.substring(2, json.length() - 2).split("\",\"", -1));
		}
	}

}
