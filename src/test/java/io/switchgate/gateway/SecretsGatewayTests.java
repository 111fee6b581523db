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

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.TunnelPage;
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

	/**
	 * A password that looks like the name of a subprotocol.
	 */
	private static final String WORD = "swordfish";

	private static final String[] OF_CLIENT = { "Authorization: Bearer " + SECRET,
			"Proxy-Authorization: Basic " + SECRET, "Cookie: id=" + SECRET, "X-Api-Key: " + SECRET,
			"X-Auth-Token: " + SECRET, "X-CSRF-Token: " + SECRET, "Sec-WebSocket-Protocol: chat, " + SECRET,
			"Sec-WebSocket-Protocol: token, " + WORD + ", openai-insecure-api-key.sk-" + WORD,
			"Ocp-Apim-Subscription-Key: " + SECRET, "X-Functions-Key: " + SECRET, "X-Access-Key: " + SECRET,
			"X-Api-Id: " + SECRET, "X-Db-Passwd: " + SECRET, "X-Passphrase: " + SECRET, "X-Some: Bearer " + SECRET,
			"X-Other: a=b; token=" + SECRET, "X-Original-URL: /a%3Ftoken%3D" + SECRET,
			"Referer: https://user:" + SECRET + "@a.example/b?token=" + SECRET + "#" + SECRET,
			"Origin: https://user:" + SECRET + "@a.example" };

	private static final String OF_UPSTREAM = "Set-Cookie: id=" + SECRET + "; Path=/\nX-Session-Token: " + SECRET
			+ "\nWWW-Authenticate: Bearer realm=\"" + SECRET + "\"\nAuthentication-Info: nextnonce=" + SECRET
			+ "\nLocation: https://user:" + SECRET + "@a.example/login?next=" + SECRET + "#access_token=" + SECRET
			+ "\n";

	private static final List<String> PATHS = List.of("/chat/https%%3A%%2F%%2Fc.test%%2Ff%%3Faccess_token%%3D%s/ws",
			"/chat/c%%3Faccess_token%%3D%s/ws", "/chat/c%%253Faccess_token%%253D%s/ws",
			"/chat/https%%3A%%2F%%2Fu%%3A%s%%40c.test/ws", "/chat/ws;jsessionid=%s", "/chat/token=%s",
			"/chat/password%%3D%s", "/nowhere/c%%3Fa%%3D%s", "/nowhere;jsessionid=%s", "//chat?token=%s",
			"/chat/c%%23id_token%%3D%s?a=%<s&%<s");

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
			tunnel(gateway, upstreams, request, SECRET);
			tunnel(gateway, upstreams, request, WORD);
			Admin admin = Admin.of(gateway);
			Awaitility.await().until(() -> output.getAll().contains("code=1011"));
			assertThat(everything(admin)).isNotEmpty()
				.allSatisfy((text) -> assertThat(text).doesNotContain("cr3t", WORD));
			assertThat(output.getAll()).doesNotContain("cr3t", WORD);
		}
	}

	@Test
	void showsNoSecretOfAPath(CapturedOutput output) {
		try (Collector collector = Collector.start();
				Gateway gateway = collector.collect(Gateway.with()).route("chat", "http://localhost:1").start()) {
			assertThat(PATHS).allSatisfy((target) -> {
				String path = target.formatted(SECRET);
				assertThat(List.of(body(gateway, Handshakes.request(path)),
						body(gateway, "GET " + path + " HTTP/1.1\nHost: a\n\n")))
					.allSatisfy((body) -> assertThat(body).contains(target.startsWith("//") ? "instance" : "(hidden)")
						.doesNotContain("cr3t"));
			});
			collector.await("http get", "nowhere", "id_token");
			assertThat(collector.spans() + output.getAll()).contains("(hidden)").doesNotContain("cr3t");
			assertThat(everything(Admin.of(gateway))).hasSizeGreaterThan(PATHS.size())
				.allSatisfy((text) -> assertThat(text).doesNotContain("cr3t"));
		}
	}

	@Test
	void spansOfAnswersThatEndTooSoonShowNoSecret() {
		try (Collector collector = Collector.start();
				ScriptedUpstream upstreams = ScriptedUpstream.start();
				Gateway gateway = collector.collect(Gateway.with()).route("chat", upstreams.uri()).start();
				Wire client = gateway.connect()) {
			client.send("GET " + PATH.replace("#", "&") + " HTTP/1.1\nHost: a\nCookie: " + SECRET + "\n\n");
			try (Wire upstream = upstreams.accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 200 OK\nContent-Length: 10\n\nabc");
				client.head();
			}
			client.awaitEnd();
			collector.await("http get");
			assertThat(collector.spans()).doesNotContain("cr3t");
		}
	}

	private static String body(Gateway gateway, String request) {
		try (Wire client = gateway.connect()) {
			String head = client.send(request).head();
			return client.text(Integer.parseInt(head.replaceAll("(?s).*[Cc]ontent-[Ll]ength: (\\d+).*", "$1")));
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

	private static void tunnel(Gateway gateway, ScriptedUpstream upstreams, String request, String subprotocol) {
		try (Wire client = gateway.connect()) {
			client.send(request);
			try (Wire upstream = upstreams.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED.replace("\n\n",
						"\n" + OF_UPSTREAM + "Sec-WebSocket-Protocol: " + subprotocol + "\n\n"));
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
				TunnelPage tunnels = Awaitility.await()
					.until(() -> Admin.of(gateway).tunnels(""), (all) -> all.total() == 1);
				assertThat(tunnels.json().toString()).contains("(hidden)").doesNotContain("cr3t", WORD);
				try (ConsoleEvents events = ConsoleEvents.listen(gateway)) {
					assertThat(events.await((summary) -> true).toString()).doesNotContain("cr3t", WORD);
				}
				upstream.send(Frame.close(1011, SECRET).bytes());
				client.frame();
			}
		}
	}

	private static List<String> everything(Admin admin) {
		Stream<String> one = admin.handshakes("size=1000")
			.rows()
			.stream()
			.map((handshake) -> admin.get("handshakes/" + handshake.id()).body());
		Stream<String> all = Stream.of("handshakes", "tunnels", "closes", "prometheus", "drain")
			.map((path) -> admin.get(path).body());
		return Stream.concat(one, all).toList();
	}

}
