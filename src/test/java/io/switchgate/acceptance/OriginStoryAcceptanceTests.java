package io.switchgate.acceptance;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the problem that this project began with: a FastAPI echo answers 404 behind a
 * proxy without a configuration for WebSocket, but works behind the gateway.
 */
@RequiresTool({ "python3", "node", "npm", "nginx" })
class OriginStoryAcceptanceTests {

	private static final String ECHO = "Message text was: hi";

	private static final String NOT_FOUND = "error: Unexpected server response: 404";

	private static Uvicorn uvicorn;

	private static ScriptedUpstream upstream;

	private static Gateway gateway;

	@BeforeAll
	@Timeout(300)
	static void start() {
		uvicorn = Uvicorn.start();
		upstream = ScriptedUpstream.start();
		String[] unconfigured = { "StripPrefix=1", "ForwardUpgradeHeaders=false", "UpstreamHttpVersion=1.0" };
		gateway = Gateway.with()
			.route("ws", uvicorn.uri())
			.route("old", uvicorn.uri(), "StripPrefix=1", "UpstreamHttpVersion=1.0")
			.route("unconfigured", uvicorn.uri(), unconfigured)
			.route("recorded", upstream.uri(), unconfigured)
			.start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
		uvicorn.close();
	}

	@Test
	void echoesThroughTheGateway() {
		assertThat(Wscat.sayHi(gateway.port(), "/ws")).isEqualTo(ECHO);
	}

	@Test
	void answers404ThroughAnUnconfiguredNginx() {
		try (Nginx nginx = Nginx.unconfigured(uvicorn.port())) {
			assertThat(Wscat.sayHi(nginx.port(), "/ws?through=nginx")).isEqualTo(NOT_FOUND);
			uvicorn.awaitLog("\"GET /ws?through=nginx HTTP/1.0\" 404");
		}
	}

	@Test
	void answers404ThroughARouteThatDoesWhatAnUnconfiguredNginxDoes() {
		assertThat(Wscat.sayHi(gateway.port(), "/unconfigured/ws?through=route")).isEqualTo(NOT_FOUND);
		uvicorn.awaitLog("\"GET /ws?through=route HTTP/1.0\" 404");
	}

	@Test
	void asksTheUpstreamAsAnUnconfiguredNginxDoes() {
		try (Nginx nginx = Nginx.unconfigured(upstream.port())) {
			List<String> behindNginx = requestThatArrives(nginx.port(), "/ws");
			List<String> behindGateway = requestThatArrives(gateway.port(), "/recorded/ws");
			assertThat(behindGateway).containsExactlyElementsOf(behindNginx)
				.containsExactly("connection: close", "get /ws http/1.0",
						"sec-websocket-extensions: permessage-deflate",
						"sec-websocket-key: " + Handshakes.KEY.toLowerCase(Locale.ROOT), "sec-websocket-protocol: chat",
						"sec-websocket-version: 13");
		}
	}

	/**
	 * Returns the request line and the headers for the handshake that reach the upstream,
	 * in lower case and sorted.
	 */
	private static List<String> requestThatArrives(int port, String path) {
		try (Wire client = Wire.connect(port)) {
			client.send(Handshakes.request(path, "Sec-WebSocket-Extensions: permessage-deflate",
					"Sec-WebSocket-Protocol: chat"));
			try (Wire up = upstream.accept()) {
				return up.head()
					.lines()
					.map((line) -> line.toLowerCase(Locale.ROOT))
					.filter((line) -> line.matches("(get |upgrade:|connection:|sec-websocket-).*"))
					.sorted()
					.toList();
			}
		}
	}

	@Test
	void echoesOverHttp10WhenTheUpgradeHeadersAreForwarded() {
		assertThat(Wscat.sayHi(gateway.port(), "/old/ws?through=old")).isEqualTo(ECHO);
		uvicorn.awaitLog("\"WebSocket /ws?through=old\" [accepted]");
	}

	@Test
	void echoesBehindAConfiguredNginx() {
		try (Nginx nginx = Nginx.configured(gateway.port())) {
			assertThat(Wscat.sayHi(nginx.port(), "/ws")).isEqualTo(ECHO);
		}
	}

	@Test
	void saysWhatAnUnconfiguredNginxInFrontDropped() {
		try (Nginx nginx = Nginx.unconfigured(gateway.port()); Wire client = Wire.connect(nginx.port())) {
			client.send(Handshakes.request("/ws", "Connection: close"));
			assertThat(client.head()).startsWith("HTTP/1.1 426 ")
				.contains("Upgrade: websocket\n", "Content-Type: application/problem+json\n");
			assertThat(new String(client.rest(), StandardCharsets.UTF_8))
				.contains("\"detail\":\"Upgrade: absent (expected: websocket), Connection: close (expected: Upgrade)\"")
				.contains("nginx: proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \\\"upgrade\\\"");
		}
	}

}
