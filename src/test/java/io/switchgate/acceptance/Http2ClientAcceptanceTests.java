package io.switchgate.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with two clients in Python that use HTTP/2 without TLS: one that keeps the
 * protocol, and one that breaks it.
 */
@RequiresTool("python3")
class Http2ClientAcceptanceTests {

	private static final Duration DEADLINE = Duration.ofSeconds(90);

	private static Uvicorn uvicorn;

	private static ScriptedUpstream mute;

	private static Gateway gateway;

	@BeforeAll
	@Timeout(300)
	static void start() {
		uvicorn = Uvicorn.start();
		mute = ScriptedUpstream.start();
		gateway = with().start();
	}

	private static Gateway.Builder with() {
		return Gateway.with()
			.front(Front.CLEAR_HTTP2)
			.route("chat", uvicorn.uri())
			.route("denied", uvicorn.uri())
			.route("mute", mute.uri());
	}

	@AfterAll
	static void stop() {
		gateway.close();
		mute.close();
		uvicorn.close();
	}

	@Test
	void announcesExtendedConnect() {
		assertThat(run("announce")).containsExactly("ENABLE_CONNECT_PROTOCOL 1", "MAX_CONCURRENT_STREAMS 100",
				"MAX_HEADER_LIST_SIZE 16384");
	}

	@Test
	void negotiatesWithTheUpstream() {
		assertThat(run("negotiate")).containsExactly(":status sec-websocket-protocol", "200 v2.chat",
				"negotiated offers ['v1.chat', 'v2.chat'] and None");
	}

	@Test
	void echoesMessagesUpToAMebibyte() {
		assertThat(run("echo")).containsExactly("0 echoed", "1 echoed", "125 echoed", "126 echoed", "16384 echoed",
				"65535 echoed", "65536 echoed", "1048576 echoed");
	}

	@Test
	void sendsNoMoreThanTheWindow() {
		assertThat(run("window")).containsExactly("meanwhile", "True", "echoed");
	}

	@Test
	void carriesAsManyTunnelsAsItAnnounces() {
		assertThat(run("many")).containsExactly("100 echoed");
	}

	@RepeatedTest(5)
	void readsOnWhenAllWindowsAreFilledAtOnce() {
		assertThat(run("fill")).containsExactly("read all");
	}

	@Test
	void refusesAsTheUpstreamDoes() {
		assertThat(run("refusal")).containsExactly("403 member text/plain; charset=utf-8", "Members only",
				"RST_STREAM NO_ERROR");
	}

	@Test
	void relaysTheCloseFrameOfTheClient() {
		assertThat(run("close")).containsExactly("0fa1", "b'' True None");
		awaitEnd("close", 4001);
	}

	@Test
	void endsTheStreamOfAClientThatEndsIt() {
		assertThat(run("half_close")).containsExactly("first", "b'' True None");
		awaitEnd("half-close", 1005);
	}

	@Test
	void endsTheUpstreamOfAStreamThatIsReset() {
		assertThat(run("cancel")).containsExactly("still here");
		awaitEnd("cancel", 1005);
	}

	@Test
	void endsTheUpstreamsOfAConnectionThatIsGone() {
		assertThat(run("vanish")).isEmpty();
		awaitEnd("vanish", 1005);
		awaitEnd("vanish-as-well", 1005);
	}

	/**
	 * Waits until the upstream has seen the end of a tunnel. The code is 1005 without a
	 * close frame.
	 */
	private static void awaitEnd(String name, int code) {
		Awaitility.await().untilAsserted(() -> assertThat(ends()).contains("\"%s\":%d".formatted(name, code)));
	}

	private static String ends() {
		try (Wire client = Wire.connect(uvicorn.port())) {
			client.send("GET /ends HTTP/1.1\nHost: localhost\nConnection: close\n\n");
			client.head();
			return new String(client.rest(), StandardCharsets.UTF_8);
		}
	}

	@Test
	void saysGoAwayBehindTheCloseFramesOfADrain() {
		Gateway stopping = with().property("server.shutdown", "graceful")
			.property("switchgate.drain.grace", "1m")
			.start();
		try (Program client = start("http2_tunnels.py", stopping, "drain")) {
			client.awaitLine("open");
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
			assertThat(List.of(client.awaitLine(), client.awaitLine(), client.awaitLine()))
				.allMatch((close) -> close.startsWith("03e9"));
			assertThat(client.awaitLine()).contains("DATA 1", "DATA 3", "DATA 5").doesNotContain("GOAWAY", "END");
			assertThat(List.of(client.awaitLine().split(", ", -1)))
				.contains("END_STREAM 1", "END_STREAM 3", "END_STREAM 5")
				.endsWith("GOAWAY NO_ERROR", "end");
			stopped.join();
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void answersMalformedRequestsAndServesTheOthers(CapturedOutput log) throws IOException {
		Path expected = BuildDirectory.resource("http2_malformed.txt");
		try (Program client = start("http2_malformed.py", gateway)) {
			client.awaitExit(DEADLINE);
			assertThat(client.awaitEnd()).isEqualTo(Files.readAllLines(expected));
		}
		assertThat(log.getAll()).doesNotContain("\tat ", "ignoring");
	}

	private static List<String> run(String scenario) {
		try (Program client = start("http2_tunnels.py", gateway, scenario)) {
			assertThat(client.awaitExit(DEADLINE)).as(() -> String.join("\n", client.output())).isZero();
			return client.awaitEnd();
		}
	}

	private static Program start(String script, Gateway gateway, String... scenario) {
		return Program.start(BuildDirectory.resolve(""), Installation.python(), "-B", BuildDirectory.resource(script),
				gateway.port(), String.join("", scenario));
	}

}
