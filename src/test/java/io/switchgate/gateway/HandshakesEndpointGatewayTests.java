package io.switchgate.gateway;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators see of handshakes, and what the doctor says.
 */
class HandshakesEndpointGatewayTests {

	private static ScriptedUpstream clear;

	private static ScriptedUpstream tls;

	private static Gateway gateway;

	private static Admin admin;

	@BeforeAll
	static void start() {
		clear = ScriptedUpstream.start();
		tls = ScriptedUpstream.startTls();
		ScriptedUpstream gone = ScriptedUpstream.start();
		gone.close();
		gateway = Gateway.with()
			.route("chat", clear.uri())
			.route("stripped", clear.uri(), "StripPrefix=1")
			.route("unasked", clear.uri(), "ForwardUpgradeHeaders=false")
			.route("untrusted", tls.uri())
			.route("clear-to-tls", tls.uri().replace("https", "http"))
			.route("tls-to-clear", clear.uri().replace("http", "https"))
			.route("gone", gone.uri())
			.route("nameless", "http://nothing.invalid:80")
			.route("silent", clear.uri())
			.property("spring.cloud.gateway.server.webflux.routes[8].metadata.handshake-timeout", "300ms")
			.start();
		admin = Admin.of(gateway);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		clear.close();
		tls.close();
	}

	/**
	 * Sends a handshake that fails, and returns the last record.
	 */
	private static JsonNode fails(String request, Consumer<Wire> upstream) {
		String before = newest();
		try (Wire client = gateway.connect()) {
			client.send(request);
			upstream.accept(client);
			client.head();
		}
		Awaitility.await().until(() -> !newest().equals(before));
		return last();
	}

	private static String newest() {
		return admin.get("handshakes?size=1").json().path("handshakes").path(0).path("id").asString("");
	}

	private static JsonNode last() {
		return admin.get("handshakes/" + newest()).json();
	}

	private static JsonNode answered(String path, String answer) {
		return fails(Handshakes.request(path), (client) -> {
			try (Wire upstream = clear.accept()) {
				upstream.head();
				upstream.send(answer);
			}
		});
	}

	private static String finding(JsonNode handshake) {
		return handshake.path("verdict").path("finding").asString();
	}

	private static List<String> evidence(JsonNode handshake) {
		return handshake.path("verdict").path("evidence").valueStream().map(JsonNode::asString).toList();
	}

	private static JsonNode header(JsonNode handshake, String name) {
		return handshake.path("headers")
			.valueStream()
			.filter((row) -> row.path("name").asString().equalsIgnoreCase(name))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void showsFourHeadsSideBySide() {
		JsonNode handshake = fails(Handshakes.request("/stripped/ws?a=b", "X-Odd: 1", "Keep-Alive: 5"), (client) -> {
			try (Wire upstream = clear.accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 404 Not Found\nContent-Length: 0\nKeep-Alive: timeout=5\nX-From: app\n\n");
			}
		});
		assertThat(finding(handshake)).isEqualTo("path-rewritten");
		assertThat(evidence(handshake)).contains("the client sent GET /stripped/ws?a=(hidden) HTTP/1.1",
				"the upstream got GET /ws?a=(hidden) HTTP/1.1");
		assertThat(handshake.path("lines").path("clientRequest").asString()).startsWith("GET /stripped/ws?");
		assertThat(handshake.path("lines").path("upstreamAnswer").asString()).isEqualTo("HTTP/1.1 404 Not Found");
		assertThat(handshake.path("lines").path("clientAnswer").asString()).isEqualTo("HTTP/1.1 404 Not Found");
		assertThat(header(handshake, "Host").path("request").asString()).isEqualTo("changed");
		assertThat(header(handshake, "Host").path("clientRequest").path(0).asString()).isEqualTo("test.example.com");
		assertThat(header(handshake, "X-Odd").path("request").asString()).isEqualTo("same");
		assertThat(header(handshake, "X-Forwarded-For").path("request").asString()).isEqualTo("added");
		assertThat(header(handshake, "Keep-Alive").path("request").asString()).isEqualTo("removed");
		assertThat(header(handshake, "Keep-Alive").path("answer").asString()).isEqualTo("removed");
		assertThat(header(handshake, "X-From").path("answer").asString()).isEqualTo("same");
		assertThat(header(handshake, "X-From").path("request").isMissingNode()).isTrue();
		assertThat(handshake.path("times").path("dialMillis").asDouble()).isPositive();
		assertThat(handshake.path("upstream").path("remote").asString()).endsWith(":" + clear.port());
	}

	@Test
	void listsCountsAndFilters() {
		answered("/chat/401", "HTTP/1.1 401 Unauthorized\nContent-Length: 0\n\n");
		answered("/chat/503", "HTTP/1.1 503 Service Unavailable\nContent-Length: 0\n\n");
		JsonNode all = admin.get("handshakes").json();
		assertThat(all.path("byFinding").path("unauthorized").asInt()).isPositive();
		assertThat(all.path("total").asInt())
			.isEqualTo(all.path("byFinding").valueStream().mapToInt(JsonNode::asInt).sum());
		JsonNode chosen = admin.get("handshakes?route=chat&outcome=declined&finding=overloaded").json();
		assertThat(chosen.path("handshakes").valueStream()).isNotEmpty().allSatisfy((handshake) -> {
			assertThat(handshake.path("finding").asString()).isEqualTo("overloaded");
			assertThat(handshake.path("title").asString()).isEqualTo("The upstream has no room at the moment");
			assertThat(handshake.path("status").asInt()).isEqualTo(503);
			assertThat(handshake.path("client").asString()).isEqualTo("127.0.0.1");
			assertThat(handshake.path("time").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
		});
		assertThat(admin.get("handshakes/none").status()).isEqualTo(404);
		assertThat(admin.get("handshakes?route=nothing").json().path("total").asInt()).isZero();
		assertThat(admin.get("handshakes?size=1&page=1").json().path("handshakes").size()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "outcome=bad", "finding=bad", "size=0", "size=1001", "page=-1" })
	void refusesWhatCannotBe(String query) {
		Admin.Answer answer = admin.get("handshakes?" + query);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains("(expected: ");
	}

	@ParameterizedTest
	@CsvSource({ "untrusted, certificate-untrusted", "clear-to-tls, clear-to-tls-port" })
	void diagnosesTls(String route, String finding) {
		JsonNode handshake = fails(Handshakes.request("/" + route), (client) -> {
			try (Wire upstream = tls.accept()) {
				upstream.awaitEnd();
			}
		});
		assertThat(finding(handshake)).as("%s", handshake).isEqualTo(finding);
	}

	@ParameterizedTest
	@CsvSource({ "gone, connection-refused", "nameless, name-unknown", "nowhere, no-route" })
	void diagnosesWhatIsNotThere(String route, String finding) {
		assertThat(finding(fails(Handshakes.request("/" + route), (client) -> {
		}))).isEqualTo(finding);
	}

	@Test
	void diagnosesTlsToAClearPort() {
		JsonNode handshake = fails(Handshakes.request("/tls-to-clear"), (client) -> {
			try (Wire upstream = clear.accept()) {
				upstream.read(1);
				upstream.send("HTTP/1.1 400 Bad Request\nConnection: close\n\n");
				upstream.awaitEnd();
			}
		});
		assertThat(finding(handshake)).as("%s", handshake).isEqualTo("tls-to-clear-port");
	}

	static Stream<Arguments> foreignAnswers() {
		return Stream.of(Arguments.of(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }, "http-2-only"),
				Arguments.of(new byte[] { 0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100 }, "http-2-only"),
				Arguments.of(new byte[] { 0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, "http-2-only"),
				Arguments.of(new byte[] { 21, 3, 1, 0, 2, 2, 70 }, "clear-to-tls-port"),
				Arguments.of(Wire.crlf("SSH-2.0-OpenSSH_9.2\n"), "not-http"),
				Arguments.of(Wire.crlf("220 mail.example.com ESMTP\n"), "not-http"));
	}

	@ParameterizedTest
	@MethodSource("foreignAnswers")
	void diagnosesAnswersThatAreNoHttp(byte[] bytes, String finding) {
		JsonNode handshake = fails(Handshakes.request("/chat"), (client) -> {
			try (Wire upstream = clear.accept()) {
				upstream.head();
				upstream.send(bytes);
			}
		});
		assertThat(finding(handshake)).as("%s", handshake).isEqualTo(finding);
	}

	@Test
	void diagnosesSilenceAndALeave() {
		assertThat(finding(fails(Handshakes.request("/silent"), (client) -> {
			try (Wire upstream = clear.accept()) {
				upstream.head();
				upstream.awaitEnd();
			}
		}))).isEqualTo("answer-timeout");
		assertThat(finding(fails(Handshakes.request("/chat"), (client) -> {
			try (Wire upstream = clear.accept()) {
				upstream.head();
				upstream.reset();
			}
		}))).isEqualTo("closed-before-answer");
		Wire leaving = gateway.connect();
		leaving.send(Handshakes.request("/chat/left"));
		try (Wire upstream = clear.accept()) {
			upstream.head();
			leaving.close();
			upstream.awaitEnd();
		}
		Awaitility.await().until(() -> finding(last()).equals("client-left"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Upgrade: websocket | Upgrade: h2c | upgrade-answer-wrong",
					"Connection: Upgrade | Connection: close | upgrade-answer-wrong",
					"Connection: Upgrade | Connection: Upgrade~Sec-WebSocket-Protocol: chat | subprotocol-not-offered",
					"Connection: Upgrade | Connection: Upgrade~Sec-WebSocket-Extensions: x | extension-not-offered",
					"s3pPLMBiTxaQ9kYGzzhZRbK+xOo= | AAAAAAAAAAAAAAAAAAAAAAAAAAA= | accept-wrong" })
	void diagnosesBroken101s(String from, String to, String finding) {
		assertThat(finding(answered("/chat", Handshakes.SWITCHED.replace(from, to.replace("~", "\n")))))
			.isEqualTo(finding);
	}

	@Test
	void diagnosesWhatTheRouteDropsItself() {
		JsonNode handshake = answered("/unasked", "HTTP/1.1 404 Not Found\nContent-Length: 0\n\n");
		assertThat(finding(handshake)).isEqualTo("upgrade-not-sent");
		assertThat(header(handshake, "Upgrade").path("request").asString()).isEqualTo("removed");
	}

	/**
	 * Tries again where the machine takes longer than a second.
	 */
	@Test
	void diagnosesATunnelThatEndsAtOnce() {
		Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			try (Wire client = gateway.connect()) {
				client.send(Handshakes.request("/chat"));
				try (Wire upstream = clear.accept()) {
					upstream.head();
					upstream.send(Handshakes.SWITCHED);
					client.head();
					upstream.send(Frame.close(1011, "").bytes());
					client.frame();
				}
			}
			JsonNode handshake = last();
			assertThat(finding(handshake)).isEqualTo("ended-with-code");
			assertThat(handshake.path("ending").path("code").asInt()).isEqualTo(1011);
			assertThat(handshake.path("verdict").path("explanation").asString())
				.contains("The upstream closed with 1011");
		});
	}

	@Test
	void diagnosesWhatCameWithoutUpgradeHeaders() {
		JsonNode handshake = fails("GET /chat HTTP/1.1\nHost: a\nConnection: close\nVia: 1.1 edge (Apache/2.4)\n"
				+ "Sec-WebSocket-Key: " + Handshakes.KEY + "\nSec-WebSocket-Version: 13\n\n", (client) -> {
				});
		assertThat(finding(handshake)).isEqualTo("upgrade-dropped-in-front");
		assertThat(handshake.path("verdict").path("remedy").asString()).contains("upgrade=websocket");
		assertThat(handshake.path("headers").valueStream().map((row) -> row.path("name").asString())).startsWith("Host",
				"Connection", "Via");
	}

}
