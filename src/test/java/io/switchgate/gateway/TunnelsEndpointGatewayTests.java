package io.switchgate.gateway;

import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators see of tunnels, and how they close them.
 */
class TunnelsEndpointGatewayTests {

	private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.c2VjcmV0";

	private static ScriptedUpstream chats;

	private static ScriptedUpstream games;

	private static Gateway gateway;

	private static Admin admin;

	@BeforeAll
	static void start() {
		chats = ScriptedUpstream.start();
		games = ScriptedUpstream.start();
		gateway = Admin.allowWrites(Gateway.with())
			.route("chat", chats.uri())
			.route("room", chats.uri())
			.route("game", games.uri())
			.start();
		admin = Admin.of(gateway);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		chats.close();
		games.close();
	}

	@AfterEach
	void awaitNone() {
		Awaitility.await().untilAsserted(() -> assertThat(total("")).isZero());
	}

	@Test
	void showsTunnelsInOrderAndCountsThem() {
		try (Lane.Ends first = open("game", games);
				Lane.Ends second = open("chat", chats);
				Lane.Ends third = open("room", chats)) {
			JsonNode all = admin.get("tunnels").json();
			assertThat(all.path("tunnels").valueStream().map((tunnel) -> tunnel.path("route").asString()))
				.containsExactly("game", "chat", "room");
			assertThat(all.path("total").asInt()).isEqualTo(3);
			assertThat(all.path("byRoute").toString()).isEqualTo("{\"chat\":1,\"game\":1,\"room\":1}");
			assertThat(all.path("byUpstream").path(chats.uri()).asInt()).isEqualTo(2);
			assertThat(List.of(first, second, third)).allSatisfy(Lane.Ends::assertRelays);
		}
	}

	@Test
	void showsOneTunnel() {
		try (Lane.Ends ends = open("chat", chats)) {
			ends.assertRelays();
			String id = admin.get("tunnels").json().path("tunnels").path(0).path("id").asString();
			JsonNode tunnel = admin.get("tunnels/" + id).json();
			assertThat(tunnel.path("id").asString()).isEqualTo(id);
			assertThat(tunnel.path("route").asString()).isEqualTo("chat");
			assertThat(tunnel.path("opened").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
			assertThat(tunnel.path("lastActivity").asString()).isGreaterThanOrEqualTo(tunnel.path("opened").asString());
			assertThat(tunnel.path("client").path("address").asString()).isEqualTo("127.0.0.1");
			assertThat(tunnel.path("upstream").path("address").asString()).isEqualTo(chats.uri());
		}
	}

	@Test
	void countsWhatEachEndSent() {
		try (Lane.Ends ends = open("chat", chats)) {
			ends.client().send(Frame.text("ping").mask().bytes()).send(Frame.text("ping").mask().bytes());
			ends.upstream().frame();
			ends.upstream().frame();
			ends.upstream().send(Frame.text("answer").bytes());
			ends.client().frame();
			JsonNode tunnel = admin.get("tunnels").json().path("tunnels").path(0);
			assertThat(tunnel.path("client").path("messages").asInt()).isEqualTo(2);
			assertThat(tunnel.path("client").path("bytes").asInt()).isEqualTo(20);
			assertThat(tunnel.path("upstream").path("messages").asInt()).isEqualTo(1);
			assertThat(tunnel.path("upstream").path("bytes").asInt()).isEqualTo(8);
		}
	}

	@Test
	void showsNoToken() {
		try (Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat?access_token=" + TOKEN, "Sec-WebSocket-Protocol: " + TOKEN,
					"Authorization: Bearer " + TOKEN, "Cookie: session=" + TOKEN));
			try (Wire upstream = chats.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED.replace("\n\n", "\nSec-WebSocket-Protocol: " + TOKEN + "\n\n"));
				client.head();
				String id = admin.get("tunnels").json().path("tunnels").path(0).path("id").asString();
				assertThat(admin.get("tunnels").body() + admin.get("tunnels/" + id).body()).doesNotContain(TOKEN)
					.contains("\"subprotocol\":\"(hidden)\"");
			}
		}
	}

	@Test
	void choosesByFiltersAndPages() {
		try (Lane.Ends first = open("chat", chats);
				Lane.Ends second = open("room", chats);
				Lane.Ends third = open("game", games)) {
			assertThat(total("?route=chat")).isEqualTo(1);
			assertThat(total("?route=nobody")).isZero();
			assertThat(total("?upstream=" + chats.uri())).isEqualTo(2);
			assertThat(total("?upstream=" + chats.uri() + "&route=room")).isEqualTo(1);
			assertThat(total("?client=127.0.0.1")).isEqualTo(3);
			assertThat(total("?client=127.0.0.2")).isZero();
			assertThat(total("?minAge=0s&minIdle=0s")).isEqualTo(3);
			assertThat(total("?minAge=1h")).isZero();
			assertThat(total("?minIdle=1h")).isZero();
			JsonNode page = admin.get("tunnels?page=1&size=2").json();
			assertThat(page.path("total").asInt()).isEqualTo(3);
			assertThat(page.path("tunnels").valueStream().map((tunnel) -> tunnel.path("route").asString()))
				.containsExactly("game");
			assertThat(List.of(first, second, third)).allSatisfy(Lane.Ends::assertRelays);
		}
	}

	/**
	 * One request that is answered on the event loop of a tunnel, then one that is
	 * answered at once, often before the framework has ended the first.
	 */
	@Test
	void answersOneRequestAfterTheOther() {
		try (Lane.Ends ends = open("chat", chats)) {
			for (int i = 0; i < 300; i++) {
				assertThat(total("")).isEqualTo(1);
				assertThat(admin.get("nothing").status()).isEqualTo(404);
			}
			ends.assertRelays();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "minAge=old | minAge: old (expected: a duration, as in 30s, 5m or 1h)",
					"minIdle=5x | minIdle: 5x (expected: a duration, as in 30s, 5m or 1h)",
					"page=-1 | page: -1 (expected: 0 to 1000000)", "page=a | page: a (expected: 0 to 1000000)",
					"size=0 | size: 0 (expected: 1 to 1000)", "size=1001 | size: 1001 (expected: 1 to 1000)" })
	void saysWhatAFilterMayBe(String query, String detail) {
		Admin.Answer answer = admin.get("tunnels?" + query);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().path("detail").asString()).isEqualTo(detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "'' | filter: absent (expected: route, upstream, client, minAge",
					"all=yes | filter: absent (expected: route", "rout=chat | filter: absent (expected: route",
					"route=chat&code=1006 | close code: 1006 (expected: 1000 to 1003",
					"route=chat&code=5000 | code: 5000 (expected: 1000 to 4999)" })
	void closesNothingByMistake(String query, String detail) {
		try (Lane.Ends ends = open("chat", chats)) {
			Admin.Answer answer = admin.delete("tunnels?" + query);
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.json().path("detail").asString()).startsWith(detail);
			ends.assertRelays();
		}
	}

	@Test
	void knowsNoOtherTunnel() {
		assertThat(admin.get("tunnels/nobody").status()).isEqualTo(404);
		assertThat(admin.delete("tunnels/nobody").status()).isEqualTo(404);
	}

	@Test
	void closesOneTunnelWithItsCodeAndReason() {
		try (Lane.Ends chosen = open("chat", chats)) {
			String id = admin.get("tunnels").json().path("tunnels").path(0).path("id").asString();
			try (Lane.Ends other = open("chat", chats)) {
				Admin.Answer answer = admin.delete("tunnels/" + id + "?code=4001&reason=Maintenance");
				assertThat(answer.status()).isEqualTo(202);
				assertThat(answer.json().path("closing").asInt()).isEqualTo(1);
				chosen.assertClosed(4001, "Maintenance");
				other.assertRelays();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "route=game", "all=true", "client=127.0.0.1" })
	void closesTunnelsThatAFilterChooses(String query) {
		try (Lane.Ends first = open("game", games); Lane.Ends second = open("game", games)) {
			assertThat(admin.delete("tunnels?" + query).json().path("closing").asInt()).isEqualTo(2);
			first.assertClosed(1001, "Closed by an operator");
			second.assertClosed(1001, "Closed by an operator");
		}
	}

	private static int total(String query) {
		return admin.get("tunnels" + query).json().path("total").asInt();
	}

	private static Lane.Ends open(String route, ScriptedUpstream upstreams) {
		return Lane.Ends.open(gateway, "/" + route, upstreams);
	}

}
