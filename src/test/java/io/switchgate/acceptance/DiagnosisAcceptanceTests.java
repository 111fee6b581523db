package io.switchgate.acceptance;

import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of verdicts on real proxies and servers.
 */
@RequiresTool({ "python3", "nginx" })
class DiagnosisAcceptanceTests {

	private static final AtomicInteger attempts = new AtomicInteger();

	private static Uvicorn uvicorn;

	private static Uvicorn without;

	private static Nginx behind;

	private static Gateway gateway;

	@BeforeAll
	@Timeout(300)
	static void start() {
		uvicorn = Uvicorn.start();
		without = Uvicorn.withoutWebSocket();
		behind = Nginx.unconfigured(uvicorn.port());
		gateway = Gateway.with()
			.route("ws", uvicorn.uri())
			.route("guarded", uvicorn.uri())
			.route("nowhere", uvicorn.uri())
			.route("without", without.uri(), "StripPrefix=1")
			.route("behind", "http://127.0.0.1:" + behind.port(), "StripPrefix=1")
			.start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		behind.close();
		without.close();
		uvicorn.close();
	}

	/**
	 * Returns the verdict while the client is connected, since the end of a tunnel would
	 * be another finding.
	 */
	private static JsonNode verdict(int port, String path, int status, String... headers) {
		String name = "attempt" + attempts.incrementAndGet();
		try (Wire client = Wire.connect(port)) {
			client.send(Handshakes.request(path + "?" + name + "=1", headers));
			assertThat(client.head()).startsWith("HTTP/1.1 " + status + " ");
			return Awaitility.await()
				.until(DiagnosisAcceptanceTests::last,
						(handshake) -> handshake.path("lines").path("clientRequest").asString().contains(name + "="))
				.path("verdict");
		}
	}

	private static JsonNode last() {
		Admin admin = Admin.of(gateway);
		String id = admin.get("handshakes?size=1").json().path("handshakes").path(0).path("id").asString();
		return admin.get("handshakes/" + id).json();
	}

	private static void assertFinding(JsonNode verdict, String finding, String remedy) {
		assertThat(verdict.path("finding").asString()).as("%s", verdict).isEqualTo(finding);
		assertThat(verdict.path("remedy").asString()).contains(remedy);
	}

	@Test
	void namesAnNginxInFront() {
		try (Nginx nginx = Nginx.unconfigured(gateway.port())) {
			assertFinding(verdict(nginx.port(), "/ws", 426), "upgrade-dropped-in-front",
					"proxy_set_header Upgrade $http_upgrade");
		}
	}

	@Test
	void findsNothingBehindAConfiguredNginx() {
		try (Nginx nginx = Nginx.configured(gateway.port())) {
			assertFinding(verdict(nginx.port(), "/ws", 101), "switched", "Nothing.");
		}
	}

	@Test
	void namesAnNginxBehind() {
		assertFinding(verdict(gateway.port(), "/behind/ws", 404), "upgrade-dropped-behind",
				"nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade");
	}

	@Test
	void namesAMissingLibrary() {
		assertFinding(verdict(gateway.port(), "/without/ws", 404), "websocket-library-missing", "uvicorn[standard]");
	}

	@Test
	void namesAWrongPathOfUvicorn() {
		JsonNode verdict = verdict(gateway.port(), "/nowhere", 403);
		assertFinding(verdict, "forbidden", "@app.websocket");
		assertThat(verdict.path("explanation").asString()).contains("a path without a WebSocket route");
	}

	@Test
	void namesAWrongOrigin() {
		assertFinding(verdict(gateway.port(), "/guarded", 403, "Origin: https://evil.example"), "origin-refused",
				"Allow the Origin");
		assertFinding(verdict(gateway.port(), "/guarded", 101, "Origin: https://test.example.com"), "switched", "");
	}

}
