package io.switchgate.gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the upstream receives of a handshake and what the client gets back, header by
 * header.
 */
class HeaderGatewayTests {

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> gateway.property("switchgate.client.encoded-slashes", "true")
			.route("chat", uri)
			.route("ws", uri.replace("http", "ws"))
			.route("host", uri, "PreserveHostHeader")
			.route("add", uri, "AddRequestHeader=X-Added, by route", "AddResponseHeader=X-Gateway, switchgate",
					"RemoveRequestHeader=Cookie")
			.route("rewrite", uri, "RewritePath=/rewrite/(?<rest>.*), /rest/$\\{rest}")
			.route("strip", uri, "StripPrefix=1")
			.route("off", uri, "ForwardUpgradeHeaders=false", "UpstreamHttpVersion=1.0")
			.route("old", uri, "UpstreamHttpVersion=1.0")
			.route("anyversion", uri, "RequireWebSocketVersion=any")
			.property("switchgate.handshake.accept-http10", "true"));

	@Test
	void forwardsTheRequestUnchangedButForItsHops() {
		String received = receivedFor(Handshakes.request("/chat?a=1", "Origin: https://example.com",
				"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-other",
				"Sec-WebSocket-Protocol: chat, superchat", "Cookie: a=1; b=2", "Authorization: Bearer t",
				"X-Twice: one", "X-Twice: two, three", "X-Twice: one", "Keep-Alive: timeout=5", "TE: trailers",
				"X-Forwarded-For: 6.6.6.6", "X-Forwarded-Proto: gopher", "Forwarded: for=6.6.6.6"));
		assertThat(received).isEqualTo("""
				GET /chat?a=1 HTTP/1.1
				Host: localhost:%d
				Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
				Sec-WebSocket-Version: 13
				Origin: https://example.com
				Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-other
				Sec-WebSocket-Protocol: chat, superchat
				Cookie: a=1; b=2
				Authorization: Bearer t
				X-Twice: one
				X-Twice: two, three
				X-Twice: one
				X-Forwarded-For: 127.0.0.1
				X-Forwarded-Proto: http
				X-Forwarded-Host: test.example.com
				X-Forwarded-Port: %d
				Upgrade: websocket
				Connection: Upgrade

				""".formatted(PAIR.upstream().port(), PAIR.gateway().port()));
	}

	@Test
	void keepsTheBytesOfHeaderValues() {
		String received = receivedFor(Handshakes.request("/chat", "X-Bytes: \u00e9\u00ff\t \"quoted\" (comment)"));
		assertThat(received).contains("X-Bytes: \u00e9\u00ff\t \"quoted\" (comment)\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Upgrade: WebSocket\nConnection: keep-alive, UPGRADE",
			"Upgrade: h2c, websocket\nConnection: Upgrade",
			"Upgrade: h2c\nUpgrade: websocket\nConnection: x\nConnection: upgrade" })
	void forwardsUpgradeAndConnectionHoweverTheyAreWritten(String headers) {
		String request = Handshakes.request("/chat").replace("Upgrade: websocket\nConnection: Upgrade", headers);
		assertThat(receivedFor(request)).contains("\nUpgrade: websocket\nConnection: Upgrade\n\n")
			.doesNotContain("h2c");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/chat/a%2Fb%2f", "/chat/%e2%82%ac/%7E~", "/chat/a;b=c/d+e", "/chat?",
			"/chat?a=b+c&d=%20&e=/?:@!$'()*,;", "/chat/x?y=%7B%22a%22%7D&z[]=1", "/chat/UPPER/lower?Q=q" })
	void sendsPathAndQueryByteForByte(String target) {
		assertThat(receivedFor(Handshakes.request(target))).startsWith("GET " + target + " HTTP/1.1\n");
	}

	@Test
	void carriesUpgradesToAWsTarget() {
		assertThat(receivedFor(Handshakes.request("/ws"))).startsWith("GET /ws HTTP/1.1\n");
	}

	@Test
	void keepsTheHostWherePreserveHostHeaderSaysSo() {
		assertThat(receivedFor(Handshakes.request("/host"))).contains("\nHost: test.example.com\n");
	}

	@Test
	void letsRouteFiltersChangeRequestAndAnswer() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/add", "Cookie: secret=1"));
			try (Wire upstream = PAIR.accept()) {
				assertThat(upstream.head()).contains("\nX-Added: by route\n").doesNotContain("Cookie");
				upstream.send(Handshakes.SWITCHED);
				assertThat(client.head()).startsWith("HTTP/1.1 101 ").contains("\nX-Gateway: switchgate\n");
			}
		}
	}

	@Test
	void rewritesPaths() {
		assertThat(receivedFor(Handshakes.request("/rewrite/a%2Fb/c"))).startsWith("GET /rest/a%2Fb/c HTTP/1.1\n");
		assertThat(receivedFor(Handshakes.request("/strip/a%2Fb/c?d"))).startsWith("GET /a%2Fb/c?d HTTP/1.1\n");
	}

	@Test
	void sendsWhatAnUnconfiguredProxySendsWhereTheFiltersAreOff() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/off"));
			try (Wire upstream = PAIR.accept()) {
				assertThat(upstream.head()).startsWith("GET /off HTTP/1.0\n")
					.contains("\nSec-WebSocket-Key: " + Handshakes.KEY + "\n", "\nSec-WebSocket-Version: 13\n",
							"\nConnection: close\n")
					.doesNotContain("Upgrade");
				upstream.send("HTTP/1.1 404 Not Found\nContent-Length: 0\n\n");
				assertThat(client.head()).startsWith("HTTP/1.1 404 ");
			}
		}
	}

	@Test
	void upgradesOverHttp10WhereTheRouteSaysSo() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/old"));
			try (Wire upstream = PAIR.accept()) {
				assertThat(upstream.head()).startsWith("GET /old HTTP/1.0\n")
					.contains("\nUpgrade: websocket\nConnection: Upgrade\n");
				upstream.send(Handshakes.SWITCHED + Frame.asText("hello"));
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
				assertThat(client.frame().text()).isEqualTo("hello");
			}
		}
	}

	@Test
	void carriesAnUpgradeThatCameOverHttp10WhereThatIsAccepted() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/chat").replace("HTTP/1.1", "HTTP/1.0"));
			try (Wire upstream = PAIR.accept()) {
				assertThat(upstream.head()).startsWith("GET /chat HTTP/1.1\n");
				upstream.send(Handshakes.SWITCHED);
				assertThat(client.head()).startsWith("HTTP/1.1 101 ").contains("\nConnection: Upgrade\n");
				client.send(Frame.asText("ping"));
				assertThat(upstream.frame().text()).isEqualTo("ping");
			}
		}
	}

	@Test
	void leavesTheVersionToTheUpstreamWhereTheRouteSaysSo() {
		String request = Handshakes.request("/anyversion").replace("Version: 13", "Version: 8");
		assertThat(receivedFor(request)).contains("\nSec-WebSocket-Version: 8\n");
	}

	@Test
	void givesTheClientTheHeadersOfTheUpstreamsAnswerWithoutItsHops() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/chat", "Sec-WebSocket-Protocol: chat, superchat",
					"Sec-WebSocket-Extensions: permessage-deflate"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send("""
						HTTP/1.1 101 Switching Protocols
						Upgrade: websocket
						Connection: Upgrade, X-Hop
						Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
						Sec-WebSocket-Protocol: superchat
						Sec-WebSocket-Extensions: permessage-deflate
						Set-Cookie: a=1
						Set-Cookie: b=2; Secure
						X-Upstream: yes
						X-Hop: no
						Keep-Alive: timeout=5

						""");
				assertThat(client.head()).isEqualTo("""
						HTTP/1.1 101 Switching Protocols
						Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
						Sec-WebSocket-Protocol: superchat
						Sec-WebSocket-Extensions: permessage-deflate
						Set-Cookie: a=1
						Set-Cookie: b=2; Secure
						X-Upstream: yes
						Upgrade: websocket
						Connection: Upgrade

						""");
			}
		}
	}

	@Test
	void sendsPlainRequestsOnTheSameRouteAsHttp() {
		try (Wire client = PAIR.connect()) {
			client.send("GET /chat/%7Eplain?a[]=%20 HTTP/1.1\nHost: a\n\n");
			try (Wire upstream = PAIR.accept()) {
				assertThat(upstream.head()).startsWith("GET /chat/%7Eplain?a[]=%20 HTTP/1.1\n")
					.contains("\nX-Forwarded-For: 127.0.0.1\n");
				upstream.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
				assertThat(client.head()).startsWith("HTTP/1.1 200 OK\n");
				assertThat(client.text(2)).isEqualTo("ok");
			}
		}
	}

	@Test
	void answers426ToAPlainRequestForAWsTarget() {
		try (Wire client = PAIR.connect()) {
			client.send("GET /ws HTTP/1.1\nHost: a\n\n");
			assertThat(client.head()).startsWith("HTTP/1.1 426 Upgrade Required\n")
				.contains("\nUpgrade: websocket\nConnection: Upgrade\n", "\nContent-Type: application/problem+json\n");
		}
	}

	private static String receivedFor(String request) {
		return PAIR.receivedFor(request, Handshakes.SWITCHED);
	}

}
