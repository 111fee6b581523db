package io.switchgate.gateway;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.RandomText;
import io.switchgate.fixture.Seeds;
import io.switchgate.fixture.StrictHttp;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever clients send, the gateway answers in good HTTP or closes, sends nothing
 * malformed to the upstream, and serves the next client.
 */
class RequestFuzzGatewayTests {

	private static final int ROUNDS = 1_000;

	/**
	 * How long a client waits for more before it ends its side.
	 */
	private static final Duration PATIENCE = Duration.ofMillis(250);

	private static final Duration DEADLINE = Duration.ofSeconds(5);

	private static final String PLAIN = "GET /echo/plain HTTP/1.1\nHost: test.example.com\n";

	private static final String LAST = "GET /echo/last HTTP/1.1\nHost: test.example.com\nConnection: close\n\n";

	private static final List<String> REQUESTS = List.of(PLAIN + "\n", PLAIN + "Accept: */*\nCookie: a=b; c=d\n\n",
			"POST /echo HTTP/1.1\nHost: test.example.com\nContent-Length: 11\n\nhello world",
			"POST /echo HTTP/1.1\nHost: test.example.com\nContent-Length: 5\nExpect: 100-continue\n\nhello",
			"POST /echo HTTP/1.1\nHost: test.example.com\nTransfer-Encoding: chunked\n\n5\nhello\n6\n world\n0\n\n",
			"PUT /echo HTTP/1.1\nHost: test.example.com\nTransfer-Encoding: chunked\n\n0\nX-Trailer: a\n\n",
			"GET http://test.example.com/echo/a?b=c HTTP/1.1\nHost: test.example.com\n\n",
			"GET /echo/a/b;c=d?e={f}&g=%20 HTTP/1.0\nHost: test.example.com\nConnection: keep-alive\n\n",
			PLAIN + "Connection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: AAMAAABkAAQAAP__\n\n",
			PLAIN + "X: y\n".repeat(90) + "\n", PLAIN + "X: " + "y".repeat(15_000) + "\n\n",
			Handshakes.request("/echo"),
			Handshakes.request("/echo/a?b", "Sec-WebSocket-Protocol: chat", "Origin: http://test.example.com")
					+ new String(Frame.text("early").mask().bytes(), StandardCharsets.ISO_8859_1));

	private static final List<String> PIECES = List.of("\r\n", "\n", "\r", "\u0000", " ", "  ", "\t", ":", ",", ";",
			"\"", "\\", "#", "?", "%", "%zz", "%2f", "%00", "/../", "//", "{", "\u007f", "\u0080", "\u00ff", "_", "0",
			"HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "http/1.1", "Content-Length: 5\r\n", "Content-Length: +5\r\n",
			"Content-Length: 4\r\n", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: xchunked\r\n", "Host: b\r\n",
			"Host:\r\n", "Connection: close\r\n", "Connection: Upgrade\r\n", "Upgrade: websocket\r\n",
			"Upgrade: h2c\r\n", "Expect: x\r\n", "Expect: 100-continue\r\n", " folded\r\n", ": empty\r\n", "0\r\n\r\n",
			"ffffffffff\r\n", "-1\r\n", "5;a=\"b\r\n", "\r\n\r\n", "GET /echo HTTP/1.1\r\n\r\n", "x".repeat(20_000),
			"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n", "X: y\r\n".repeat(120));

	private static StrictUpstream upstream;

	private static Gateway gateway;

	@BeforeAll
	static void start() {
		LOG.start();
		((Logger) LoggerFactory.getLogger("io.netty")).addAppender(LOG);
		upstream = new StrictUpstream();
		gateway = Gateway.with().route("echo", upstream.uri()).limits("mode", "transparent").start();
	}

	@AfterAll
	static void stop() {
		((Logger) LoggerFactory.getLogger("io.netty")).detachAppender(LOG);
		gateway.close();
		upstream.close();
	}

	private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

	@Test
	void answersOrClosesWhateverComes() {
		Seeds.forEach(ROUNDS, (random) -> {
			String requests = requests(new RandomText(random));
			try {
				exchange(requests, random);
				assertThat(upstream.faults()).isEmpty();
				assertThat(LOG.list).isEmpty();
				assertServesTheNextClient();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError(ex.getMessage() + " after\n" + shown(requests), ex);
			}
		});
	}

	private static void assertServesTheNextClient() {
		try (Wire client = gateway.connect()) {
			client.send(LAST);
			assertThat(client.rest()).asString().startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nok");
		}
	}

	private static String requests(RandomText text) {
		StringBuilder requests = new StringBuilder();
		for (int left = text.random().nextInt(3); left >= 0; left--) {
			requests.append(text.any(REQUESTS).replace("\n", "\r\n"));
		}
		String mutated = requests.toString();
		for (int left = text.random().nextInt(4); left > 0; left--) {
			mutated = text.mutate(mutated, PIECES);
		}
		return mutated + LAST.replace("\n", "\r\n");
	}

	private static String shown(String requests) {
		return requests.replace("\r", "\\r").replace("\n", "\\n\n").replaceAll("(.{40})\\1{10,}", "$1...");
	}

	private static void exchange(String requests, Random random) {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		boolean reset = false;
		try (Wire client = gateway.connect().deadline(PATIENCE)) {
			try {
				new RandomText(random).split(requests).forEach((part) -> client.send(bytes(part)));
				receive(client, received);
			}
			catch (UncheckedIOException ex) {
				if (ex.getCause() instanceof SocketTimeoutException) {
					throw new AssertionError("Neither answered nor closed", ex);
				}
				reset = true;
			}
		}
		checkAnswers(received.toByteArray(), requests, reset);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Receives to the end, which the client begins when nothing more seems to come: what
	 * it sent may be half a request.
	 */
	private static void receive(Wire client, ByteArrayOutputStream received) {
		try {
			transfer(client, received);
		}
		catch (UncheckedIOException ex) {
			if (!(ex.getCause() instanceof SocketTimeoutException)) {
				throw ex;
			}
			client.deadline(DEADLINE).fin();
			transfer(client, received);
		}
	}

	private static void transfer(Wire client, ByteArrayOutputStream received) {
		byte[] buffer = new byte[64 * 1024];
		for (int length = client.read(buffer); length != -1; length = client.read(buffer)) {
			received.write(buffer, 0, length);
		}
	}

	private static void checkAnswers(byte[] received, String requests, boolean reset) {
		ByteArrayInputStream in = new ByteArrayInputStream(received);
		StrictHttp http = new StrictHttp(in);
		try {
			for (var answer = http.answer(); answer != null; answer = http.answer()) {
				assertThat(answer.status()).isNotEqualTo(500);
				if (answer.status() == 101) {
					// All that came behind the handshake, and nothing else.
					assertThat(requests).contains(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
				}
			}
		}
		catch (UncheckedIOException ex) {
			assertThat(reset).as("End in the middle of %s", new String(received, StandardCharsets.ISO_8859_1)).isTrue();
		}
	}

}
