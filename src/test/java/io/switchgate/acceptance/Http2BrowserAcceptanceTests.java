package io.switchgate.acceptance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of WebSockets over HTTP/2 and TLS in Chromium, with default settings. Chromium
 * opens them on the connection over which the page came.
 */
@RequiresTool({ "python3", "chromium", "chromedriver" })
class Http2BrowserAcceptanceTests {

	private static Uvicorn uvicorn;

	private static Gateway gateway;

	private static Chromium chromium;

	@BeforeAll
	@Timeout(300)
	static void start() {
		uvicorn = Uvicorn.start();
		gateway = Gateway.with()
			.tls()
			.property("management.server.ssl.enabled", "false")
			.route("page", uvicorn.uri())
			.route("chat", uvicorn.uri())
			.route("refused", uvicorn.uri())
			.start();
		chromium = Chromium.start(800, 640);
	}

	@AfterAll
	static void stop() {
		chromium.close();
		gateway.close();
		uvicorn.close();
	}

	@Test
	void opensTheSocketsOfTwoPagesOnOneConnection() {
		chromium.open(page("chat?name=first"));
		awaitEcho("first");
		chromium.openTab(page("chat?name=second"));
		awaitEcho("second");
		List<JsonNode> handshakes = handshakes("chat");
		assertThat(handshakes).hasSize(2).allSatisfy((handshake) -> {
			assertThat(handshake.at("/lines/clientRequest").asString()).startsWith("CONNECT /chat?")
				.endsWith(" HTTP/2.0");
			assertThat(handshake.at("/lines/upstreamRequest").asString()).startsWith("GET /chat?")
				.endsWith(" HTTP/1.1");
			assertThat(handshake.at("/client/tls/applicationProtocol").asString()).isEqualTo("h2");
			assertThat(clientSent(handshake, ":protocol")).isEqualTo("websocket");
		});
		assertThat(handshakes.stream().map((handshake) -> handshake.at("/client/remote").asString()).distinct())
			.hasSize(1);
		assertThat(handshakes.stream().map((handshake) -> handshake.at("/client/stream").asInt()).distinct()).hasSize(2)
			.allMatch((stream) -> stream % 2 == 1);
		chromium.closeTab();
		awaitEnd("second", 1005);
		assertThat(ends().has("first")).isFalse();
		chromium.run("socket.send('still here')");
		chromium.await("//li[.='message: still here']");
		chromium.run("socket.close(4001)");
		chromium.await("//li[.='closed: 4001, true']");
		awaitEnd("first", 4001);
		Awaitility.await()
			.untilAsserted(() -> assertThat(causes()).containsExactlyInAnyOrder("client-reset", "client-close"));
	}

	private static List<String> causes() {
		return handshakes("chat").stream().map((handshake) -> handshake.at("/ending/cause").asString()).toList();
	}

	private static void awaitEcho(String name) {
		chromium.await("//li[.='message: hello']");
		assertThat(chromium.texts("//li")).first().asString().startsWith("open: v2.chat, permessage-deflate");
		assertThat(chromium.texts("//li")).element(1)
			.asString()
			.startsWith("message: %s offers ['v1.chat', 'v2.chat'] and permessage-deflate;".formatted(name));
	}

	private static void awaitEnd(String name, int code) {
		Awaitility.await().untilAsserted(() -> assertThat(ends().path(name).asInt(0)).isEqualTo(code));
	}

	private static JsonNode ends() {
		try (Wire client = Wire.connect(uvicorn.port())) {
			client.send("GET /ends HTTP/1.1\nHost: localhost\nConnection: close\n\n");
			client.head();
			return new Admin.Answer(200, new String(client.rest(), StandardCharsets.UTF_8)).json();
		}
	}

	@Test
	void tellsThePageOfARefusal() {
		chromium.open(page("refused"));
		chromium.await("//li[.='closed: 1006, false']");
		assertThat(chromium.texts("//li")).containsExactly("error", "closed: 1006, false");
		assertThat(handshakes("refused")).singleElement().satisfies((handshake) -> {
			assertThat(handshake.at("/lines/clientRequest").asString()).isEqualTo("CONNECT /refused HTTP/2.0");
			assertThat(handshake.at("/result/status").asInt()).isEqualTo(403);
		});
	}

	private static String page(String socket) {
		return "https://localhost:" + gateway.port() + "/page?socket="
				+ URLEncoder.encode(socket, StandardCharsets.UTF_8);
	}

	private static List<JsonNode> handshakes(String route) {
		Admin operator = Admin.of(gateway);
		return elements(operator.get("handshakes?route=" + route).json().get("handshakes"))
			.map((handshake) -> operator.get("handshakes/" + handshake.get("id").asString()).json())
			.toList();
	}

	private static String clientSent(JsonNode handshake, String header) {
		return elements(handshake.get("headers")).filter((row) -> row.get("name").asString().equals(header))
			.map((row) -> row.at("/clientRequest/0").asString())
			.findFirst()
			.orElse("");
	}

	private static Stream<JsonNode> elements(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false);
	}

}
