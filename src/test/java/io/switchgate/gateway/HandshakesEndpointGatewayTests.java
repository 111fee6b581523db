package io.switchgate.gateway;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.HandshakePage;
import io.switchgate.fixture.HandshakeRow;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.ShownHandshake;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators see of handshakes, and what the doctor says.
 */
class HandshakesEndpointGatewayTests {

	@AutoClose
	private static final ScriptedUpstream TLS = ScriptedUpstream.startTls();

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension.with((gateway, uri) -> gateway.route("chat", uri)
		.route("stripped", uri, "StripPrefix=1")
		.route("unasked", uri, "ForwardUpgradeHeaders=false")
		.route("untrusted", TLS.uri())
		.route("clear-to-tls", TLS.uri().replace("https", "http"))
		.route("tls-to-clear", uri.replace("http", "https"))
		.route("gone", ScriptedUpstream.gone())
		.route("nameless", "http://nothing.invalid:80")
		.route("silent", uri)
		.property("spring.cloud.gateway.server.webflux.routes[8].metadata.handshake-timeout", "300ms"));

	/**
	 * Sends a handshake that fails, and returns the last record.
	 */
	private static ShownHandshake fails(String request, Consumer<Wire> upstream) {
		Optional<String> before = newest();
		try (Wire client = PAIR.connect()) {
			client.send(request);
			upstream.accept(client);
			client.head();
		}
		Awaitility.await().until(() -> !newest().equals(before));
		return PAIR.admin().newestHandshake();
	}

	private static Optional<String> newest() {
		return PAIR.admin().handshakes("size=1").newest().map(HandshakeRow::id);
	}

	private static ShownHandshake answered(String path, String answer) {
		return fails(Handshakes.request(path), (client) -> {
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send(answer);
			}
		});
	}

	@Test
	void showsFourHeadsSideBySide() {
		ShownHandshake handshake = fails(Handshakes.request("/stripped/ws?a=b", "X-Odd: 1", "Keep-Alive: 5"),
				(client) -> {
					try (Wire upstream = PAIR.accept()) {
						upstream.head();
						upstream
							.send("HTTP/1.1 404 Not Found\nContent-Length: 0\nKeep-Alive: timeout=5\nX-From: app\n\n");
					}
				});
		assertThat(handshake).hasFinding("path-rewritten")
			.hasEvidence("the client sent GET /stripped/ws?a=(hidden) HTTP/1.1",
					"the upstream got GET /ws?a=(hidden) HTTP/1.1")
			.hasRequestLineOfClientStartingWith("GET /stripped/ws?")
			.hasStatusLines("HTTP/1.1 404 Not Found")
			.hasHeaderInRequest("Host", "changed")
			.hasHeaderOfClient("Host", "test.example.com")
			.hasHeaderInRequest("X-Odd", "same")
			.hasHeaderInRequest("X-Forwarded-For", "added")
			.hasHeaderInRequest("Keep-Alive", "removed")
			.hasHeaderInAnswer("Keep-Alive", "removed")
			.hasHeaderOnlyInAnswer("X-From", "same")
			.hasDialledPort(PAIR.upstream().port());
	}

	@Test
	void listsCountsAndFilters() {
		answered("/chat/401", "HTTP/1.1 401 Unauthorized\nContent-Length: 0\n\n");
		answered("/chat/503", "HTTP/1.1 503 Service Unavailable\nContent-Length: 0\n\n");
		HandshakePage all = PAIR.admin().handshakes("");
		assertThat(all.count("unauthorized")).isPositive();
		assertThat(all.total()).isEqualTo(all.counted());
		assertThat(PAIR.admin().handshakes("route=chat&outcome=declined&finding=overloaded").rows()).isNotEmpty()
			.allSatisfy((handshake) -> assertThat(handshake).hasFinding("overloaded")
				.hasTitle("The upstream has no room at the moment")
				.hasStatus(503)
				.hasClient("127.0.0.1")
				.hasTime());
		assertThat(PAIR.admin().get("handshakes/none")).hasStatus(404);
		assertThat(PAIR.admin().handshakes("route=nothing").total()).isZero();
		assertThat(PAIR.admin().handshakes("size=1&page=1").rows()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "outcome=bad", "finding=bad", "size=0", "size=1001", "page=-1" })
	void refusesWhatCannotBe(String query) {
		assertThat(PAIR.admin().get("handshakes?" + query)).hasStatus(400).hasBodyWith("(expected: ");
	}

	@ParameterizedTest
	@CsvSource({ "untrusted, certificate-untrusted", "clear-to-tls, clear-to-tls-port" })
	void diagnosesTls(String route, String finding) {
		ShownHandshake handshake = fails(Handshakes.request("/" + route), (client) -> {
			try (Wire upstream = TLS.accept()) {
				upstream.awaitEnd();
			}
		});
		assertThat(handshake).hasFinding(finding);
	}

	@ParameterizedTest
	@CsvSource({ "gone, connection-refused", "nameless, name-unknown", "nowhere, no-route" })
	void diagnosesWhatIsNotThere(String route, String finding) {
		assertThat(fails(Handshakes.request("/" + route), (client) -> {
		})).hasFinding(finding);
	}

	@Test
	void diagnosesTlsToAClearPort() {
		ShownHandshake handshake = fails(Handshakes.request("/tls-to-clear"), (client) -> {
			try (Wire upstream = PAIR.accept()) {
				upstream.read(1);
				upstream.send("HTTP/1.1 400 Bad Request\nConnection: close\n\n");
				upstream.awaitEnd();
			}
		});
		assertThat(handshake).hasFinding("tls-to-clear-port");
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
		ShownHandshake handshake = fails(Handshakes.request("/chat"), (client) -> {
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send(bytes);
			}
		});
		assertThat(handshake).hasFinding(finding);
	}

	@Test
	void diagnosesSilenceAndALeave() {
		assertThat(fails(Handshakes.request("/silent"), (client) -> {
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.awaitEnd();
			}
		})).hasFinding("answer-timeout");
		assertThat(fails(Handshakes.request("/chat"), (client) -> {
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.reset();
			}
		})).hasFinding("closed-before-answer");
		Wire leaving = PAIR.connect();
		leaving.send(Handshakes.request("/chat/left"));
		try (Wire upstream = PAIR.accept()) {
			upstream.head();
			leaving.close();
			upstream.awaitEnd();
		}
		Awaitility.await().untilAsserted(() -> assertThat(PAIR.admin().newestHandshake()).hasFinding("client-left"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Upgrade: websocket | Upgrade: h2c | upgrade-answer-wrong",
					"Connection: Upgrade | Connection: close | upgrade-answer-wrong",
					"Connection: Upgrade | Connection: Upgrade~Sec-WebSocket-Protocol: chat | subprotocol-not-offered",
					"Connection: Upgrade | Connection: Upgrade~Sec-WebSocket-Extensions: x | extension-not-offered",
					"s3pPLMBiTxaQ9kYGzzhZRbK+xOo= | AAAAAAAAAAAAAAAAAAAAAAAAAAA= | accept-wrong" })
	void diagnosesBroken101s(String from, String to, String finding) {
		assertThat(answered("/chat", Handshakes.SWITCHED.replace(from, to.replace("~", "\n")))).hasFinding(finding);
	}

	@Test
	void diagnosesWhatTheRouteDropsItself() {
		ShownHandshake handshake = answered("/unasked", "HTTP/1.1 404 Not Found\nContent-Length: 0\n\n");
		assertThat(handshake).hasFinding("upgrade-not-sent").hasHeaderInRequest("Upgrade", "removed");
	}

	/**
	 * Tries again where the machine takes longer than a second.
	 */
	@Test
	void diagnosesATunnelThatEndsAtOnce() {
		Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			try (Wire client = PAIR.connect()) {
				client.send(Handshakes.request("/chat"));
				try (Wire upstream = PAIR.accept()) {
					upstream.head();
					upstream.send(Handshakes.SWITCHED);
					client.head();
					upstream.send(Frame.close(1011, "").bytes());
					client.frame();
				}
			}
			assertThat(PAIR.admin().newestHandshake()).hasFinding("ended-with-code")
				.hasEndedWith(1011)
				.hasExplanationWith("The upstream closed with 1011");
		});
	}

	@Test
	void diagnosesWhatCameWithoutUpgradeHeaders() {
		ShownHandshake handshake = fails("GET /chat HTTP/1.1\nHost: a\nConnection: close\nVia: 1.1 edge (Apache/2.4)\n"
				+ "Sec-WebSocket-Key: " + Handshakes.KEY + "\nSec-WebSocket-Version: 13\n\n", (client) -> {
				});
		assertThat(handshake).hasFinding("upgrade-dropped-in-front")
			.hasRemedyWith("upgrade=websocket")
			.hasFirstHeaders("Host", "Connection", "Via");
	}

}
