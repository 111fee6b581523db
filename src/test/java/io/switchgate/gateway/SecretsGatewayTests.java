package io.switchgate.gateway;

import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Secrets in every place where clients and upstreams put them come out nowhere.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretsGatewayTests {

	/**
	 * Looks like a token, and can be found in whatever a redaction leaves of one.
	 */
	private static final String SECRET = "eyJhbGciOi.s3cr3tS3cr3t9";

	private static final String PATH = "/chat?access_token=" + SECRET + "&" + SECRET + "&a=b#" + SECRET;

	private static final String[] OF_CLIENT = { "Authorization: Bearer " + SECRET,
			"Proxy-Authorization: Basic " + SECRET, "Cookie: id=" + SECRET, "X-Api-Key: " + SECRET,
			"X-Auth-Token: " + SECRET, "X-CSRF-Token: " + SECRET, "Sec-WebSocket-Protocol: chat, " + SECRET,
			"Referer: https://user:" + SECRET + "@a.example/b?token=" + SECRET + "#" + SECRET,
			"Origin: https://user:" + SECRET + "@a.example" };

	private static final String OF_UPSTREAM = "Set-Cookie: id=" + SECRET + "; Path=/\nX-Session-Token: " + SECRET
			+ "\nWWW-Authenticate: Bearer realm=\"" + SECRET + "\"\nAuthentication-Info: nextnonce=" + SECRET
			+ "\nLocation: https://user:" + SECRET + "@a.example/login?next=" + SECRET + "#access_token=" + SECRET
			+ "\n";

	@Test
	void showsNoSecretAnywhere(CapturedOutput output) {
		try (ScriptedUpstream upstreams = ScriptedUpstream.start();
				Gateway gateway = Gateway.with()
					.route("chat", upstreams.uri())
					.property("logging.level.switchgate.access", "info")
					.property("logging.level.io.switchgate", "debug")
					.start()) {
			String request = Handshakes.request(PATH.replace("#", "&"), OF_CLIENT);
			refused(gateway, request.replace("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8"));
			refused(gateway, request.replace("Upgrade: websocket\n", ""));
			refused(gateway, request.replace("Sec-WebSocket-Key: ", "Sec-WebSocket-Key: abc, "));
			refused(gateway, request.replace("GET ", "POST "));
			refused(gateway, request.replace("/chat?", "/nowhere?"));
			refused(gateway, request.replace("Host: ", "Host: a\nHost: "));
			refused(gateway, Handshakes.request(PATH, OF_CLIENT));
			answered(gateway, upstreams, request,
					"HTTP/1.1 401 " + SECRET + "\n" + OF_UPSTREAM + "Content-Length: 0\n\n");
			answered(gateway, upstreams, request, "HTTP/1.1 302 Found\n" + OF_UPSTREAM + "Content-Length: 0\n\n");
			answered(gateway, upstreams, request, Handshakes.SWITCHED.replace("\n\n",
					"\n" + OF_UPSTREAM + "Sec-WebSocket-Protocol: x" + SECRET + "\n\n"));
			answered(gateway, upstreams, request, "HTTP/1.1 101 Switching Protocols\n" + OF_UPSTREAM + "\n");
			tunnel(gateway, upstreams, request);
			Admin admin = Admin.of(gateway);
			Awaitility.await().until(() -> output.getAll().contains("code=1011"));
			assertThat(everything(admin)).isNotEmpty().allSatisfy((text) -> assertThat(text).doesNotContain("cr3t"));
			assertThat(output.getAll()).doesNotContain("cr3t");
		}
	}

	@ParameterizedTest
	@CsvSource({ "switchgate.kubernetes.api-server, https://user:%s@a",
			"switchgate.kubernetes.api-server, https://user:%s%% @a", "switchgate.kubernetes.api-server, user:%s@a" })
	void doesNotStartWithASecretInTheWrongPlaceNorPrintsIt(String property, String value, CapturedOutput output) {
		assertThatException().isThrownBy(() -> Gateway.with().property(property, value.formatted(SECRET)).start());
		assertThat(output.getAll()).contains(property + ": (hidden)@a (expected: ").doesNotContain("cr3t");
	}

	private static void refused(Gateway gateway, String request) {
		try (Wire client = gateway.connect()) {
			client.send(request);
			assertThat(client.head()).startsWith("HTTP/1.1 4");
		}
	}

	private static void answered(Gateway gateway, ScriptedUpstream upstreams, String request, String answer) {
		upstreams.receivedFor(gateway, request, answer);
	}

	private static void tunnel(Gateway gateway, ScriptedUpstream upstreams, String request) {
		try (Wire client = gateway.connect()) {
			client.send(request);
			try (Wire upstream = upstreams.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED.replace("\n\n",
						"\n" + OF_UPSTREAM + "Sec-WebSocket-Protocol: " + SECRET + "\n\n"));
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
				JsonNode tunnels = Awaitility.await()
					.until(() -> Admin.of(gateway).get("tunnels").json(), (all) -> all.path("total").asInt() == 1);
				assertThat(tunnels.toString()).doesNotContain("cr3t");
				upstream.send(Frame.close(1011, SECRET).bytes());
				client.frame();
			}
		}
	}

	private static List<String> everything(Admin admin) {
		JsonNode handshakes = admin.get("handshakes?size=1000").json();
		Stream<String> one = handshakes.path("handshakes")
			.valueStream()
			.map((handshake) -> admin.get("handshakes/" + handshake.path("id").asString()).body());
		Stream<String> all = Stream.of("handshakes", "tunnels", "closes", "prometheus", "drain")
			.map((path) -> admin.get(path).body());
		return Stream.concat(one, all).toList();
	}

}
