package io.switchgate.gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client says about its own connection, and what filters of a route say about a
 * request, do not get in each other's way.
 */
class ConnectionHeadersGatewayTests {

	private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 0\nConnection: close\n\n";

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension.with((gateway, uri) -> gateway
		.route("role", uri, "SetRequestHeader=X-Role, user", "AddRequestHeader=Authorization, Bearer of-route")
		.route("copied", uri, "MapRequestHeader=TE, X-Te", "MapRequestHeader=X-Named, X-Copied")
		.route("upgraded", uri, "AddRequestHeader=Upgrade, websocket", "AddRequestHeader=Connection, Upgrade")
		.route("removed", uri, "RemoveRequestHeader=Upgrade", "RemoveRequestHeader=Connection"));

	@ParameterizedTest
	@ValueSource(strings = { "Upgrade, X-Role", "X-Role, Upgrade", "Upgrade\nConnection: x-role",
			"keep-alive, Upgrade,X-ROLE , X-Named" })
	void aHandshakeRemovesNothingThatTheRouteHasSet(String connection) {
		String received = receivedFor(Handshakes.request("/role", "X-Role: admin", "X-Named: gone")
			.replace("Connection: Upgrade", "Connection: " + connection));
		assertThat(received)
			.contains("\nX-Role: user\n", "\nAuthorization: Bearer of-route\n",
					"\nUpgrade: websocket\nConnection: Upgrade\n")
			.doesNotContain("admin");
		assertThat(received.contains("gone")).isEqualTo(!connection.contains("X-Named"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Role, Authorization, X-Named", "close, x-role, authorization, x-named",
			"\"X-Role\", \"Authorization\", X-Named", "keep-alive\nConnection: X-Role\nConnection: X-Named" })
	void aPlainRequestRemovesNothingThatTheRouteHasSet(String connection) {
		String received = PAIR.receivedFor(
				"GET /role HTTP/1.1\nHost: a\nX-Named: gone\nConnection: " + connection + "\nX-Role: admin\n\n", OK);
		assertThat(received).contains("\nX-Role: user\n", "\nAuthorization: Bearer of-route\n")
			.doesNotContain("admin", "gone");
	}

	@Test
	void theRequestStaysWhatItIs() {
		String received = PAIR.receivedFor("POST /role HTTP/1.1\nHost: a\nContent-Length: 2\nX-Forwarded-For: 6.6.6.6\n"
				+ "Connection: Content-Length, Host, X-Forwarded-For, Transfer-Encoding\n\nok", OK);
		assertThat(received)
			.contains("\nContent-Length: 2\n", "\nX-Forwarded-For: 127.0.0.1\n", "\nX-Forwarded-Host: a\n")
			.doesNotContainIgnoringCase("transfer-encoding");
	}

	@Test
	void filtersDoNotSeeWhatIsForTheConnectionOnly() {
		String received = receivedFor(Handshakes.request("/copied", "TE: trailers", "X-Named: gone")
			.replace("Connection: Upgrade", "Connection: Upgrade, TE, X-Named"));
		assertThat(received).doesNotContain("X-Te", "trailers", "X-Copied", "gone");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Cookie", "X-Forwarded-For", "Sec-WebSocket-Protocol" })
	void aHandshakeThatNamesWhatTheUpstreamMustGetIsRefused(String name) {
		try (Wire client = PAIR.connect()) {
			client.send(
					Handshakes.request("/role").replace("Connection: Upgrade", "Connection: Upgrade, X-Role, " + name));
			ProblemAnswer.expect(client, 400, "connection-names-end-to-end");
		}
	}

	@Test
	void aFilterThatSetsTheUpgradeHeadersChangesNothing() {
		String upgrade = receivedFor(Handshakes.request("/upgraded"));
		assertThat(upgrade).containsOnlyOnce("Upgrade: websocket\n").containsOnlyOnce("Connection: Upgrade\n");
		String plain = PAIR.receivedFor("GET /upgraded HTTP/1.1\nHost: a\n\n", OK);
		assertThat(plain).startsWith("GET /upgraded HTTP/1.1\n").doesNotContainIgnoringCase("upgrade:");
	}

	@Test
	void aFilterThatRemovesTheUpgradeHeadersChangesNothing() {
		assertThat(receivedFor(Handshakes.request("/removed"))).contains("\nUpgrade: websocket\nConnection: Upgrade\n");
	}

	private static String receivedFor(String request) {
		return PAIR.receivedFor(request, Handshakes.SWITCHED);
	}

}
