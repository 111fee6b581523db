package io.switchgate.gateway;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.ShownTunnel;
import io.switchgate.fixture.TunnelPage;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators see of tunnels, and how they close them.
 */
class TunnelsEndpointGatewayTests {

	private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.c2VjcmV0";

	@AutoClose
	private static final ScriptedUpstream GAMES = ScriptedUpstream.start();

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension.with((gateway, uri) -> Admin
		.allowWrites(gateway.route("chat", uri).route("room", uri).route("game", GAMES.uri())));

	@AfterEach
	void awaitNone() {
		PAIR.admin().awaitNoTunnels();
	}

	@Test
	void showsTunnelsInOrderAndCountsThem() {
		try (Lane.Ends first = openGame();
				Lane.Ends second = PAIR.open("/chat");
				Lane.Ends third = PAIR.open("/room")) {
			TunnelPage all = PAIR.admin().tunnels("");
			assertThat(all.tunnels()).extracting(ShownTunnel::route).containsExactly("game", "chat", "room");
			assertThat(all.total()).isEqualTo(3);
			assertThat(all.byRoute()).isEqualTo(Map.of("chat", 1, "game", 1, "room", 1));
			assertThat(all.byUpstream()).containsEntry(PAIR.upstream().uri(), 2);
			assertThat(List.of(first, second, third)).allSatisfy(Lane.Ends::assertRelays);
		}
	}

	@Test
	void showsOneTunnel() {
		try (Lane.Ends ends = PAIR.open("/chat")) {
			ends.assertRelays();
			String id = PAIR.admin().tunnels("").first().id();
			assertThat(PAIR.admin().tunnel(id)).hasId(id)
				.hasRoute("chat")
				.hasTimes()
				.isBetween("127.0.0.1", PAIR.upstream().uri());
		}
	}

	@Test
	void countsWhatEachEndSent() {
		try (Lane.Ends ends = PAIR.open("/chat")) {
			ends.client().send(Frame.text("ping").mask().bytes()).send(Frame.text("ping").mask().bytes());
			ends.upstream().frame();
			ends.upstream().frame();
			ends.upstream().send(Frame.text("answer").bytes());
			ends.client().frame();
			assertThat(PAIR.admin().tunnels("").first()).hasCountedFromClient(2, 20).hasCountedFromUpstream(1, 8);
		}
	}

	@Test
	void showsNoToken() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/chat?access_token=" + TOKEN, "Sec-WebSocket-Protocol: " + TOKEN,
					"Authorization: Bearer " + TOKEN, "Cookie: session=" + TOKEN));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED.replace("\n\n", "\nSec-WebSocket-Protocol: " + TOKEN + "\n\n"));
				client.head();
				String id = PAIR.admin().tunnels("").first().id();
				assertThat(PAIR.admin().get("tunnels").body() + PAIR.admin().get("tunnels/" + id).body())
					.doesNotContain(TOKEN)
					.contains("\"subprotocol\":\"(hidden)\"");
			}
		}
	}

	@Test
	void choosesByFiltersAndPages() {
		try (Lane.Ends first = PAIR.open("/chat");
				Lane.Ends second = PAIR.open("/room");
				Lane.Ends third = openGame()) {
			assertThat(total("route=chat")).isEqualTo(1);
			assertThat(total("route=nobody")).isZero();
			assertThat(total("upstream=" + PAIR.upstream().uri())).isEqualTo(2);
			assertThat(total("upstream=" + PAIR.upstream().uri() + "&route=room")).isEqualTo(1);
			assertThat(total("client=127.0.0.1")).isEqualTo(3);
			assertThat(total("client=127.0.0.2")).isZero();
			assertThat(total("minAge=0s&minIdle=0s")).isEqualTo(3);
			assertThat(total("minAge=1h")).isZero();
			assertThat(total("minIdle=1h")).isZero();
			TunnelPage page = PAIR.admin().tunnels("page=1&size=2");
			assertThat(page.total()).isEqualTo(3);
			assertThat(page.tunnels()).extracting(ShownTunnel::route).containsExactly("game");
			assertThat(List.of(first, second, third)).allSatisfy(Lane.Ends::assertRelays);
		}
	}

	/**
	 * One request that is answered on the event loop of a tunnel, then one that is
	 * answered at once, often before the framework has ended the first.
	 */
	@Test
	void answersOneRequestAfterTheOther() {
		try (Lane.Ends ends = PAIR.open("/chat")) {
			for (int i = 0; i < 300; i++) {
				assertThat(total("")).isEqualTo(1);
				assertThat(PAIR.admin().get("nothing")).hasStatus(404);
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
		assertThat(PAIR.admin().get("tunnels?" + query)).isProblem(400).hasDetail(detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "'' | filter: absent (expected: route, upstream, client, minAge",
					"all=yes | filter: absent (expected: route", "rout=chat | filter: absent (expected: route",
					"route=chat&code=1006 | close code: 1006 (expected: 1000 to 1003",
					"route=chat&code=5000 | code: 5000 (expected: 1000 to 4999)" })
	void closesNothingByMistake(String query, String detail) {
		try (Lane.Ends ends = PAIR.open("/chat")) {
			assertThat(PAIR.admin().delete("tunnels?" + query)).isProblem(400).hasDetailStartingWith(detail);
			ends.assertRelays();
		}
	}

	@Test
	void knowsNoOtherTunnel() {
		assertThat(PAIR.admin().get("tunnels/nobody")).hasStatus(404);
		assertThat(PAIR.admin().delete("tunnels/nobody")).hasStatus(404);
	}

	@Test
	void closesOneTunnelWithItsCodeAndReason() {
		try (Lane.Ends chosen = PAIR.open("/chat")) {
			String id = PAIR.admin().tunnels("").first().id();
			try (Lane.Ends other = PAIR.open("/chat")) {
				assertThat(PAIR.admin().delete("tunnels/" + id + "?code=4001&reason=Maintenance")).hasStatus(202)
					.isClosing(1);
				chosen.assertClosed(4001, "Maintenance");
				other.assertRelays();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "route=game", "all=true", "client=127.0.0.1" })
	void closesTunnelsThatAFilterChooses(String query) {
		try (Lane.Ends first = openGame(); Lane.Ends second = openGame()) {
			assertThat(PAIR.admin().delete("tunnels?" + query)).isClosing(2);
			first.assertClosed(1001, "Closed by an operator");
			second.assertClosed(1001, "Closed by an operator");
		}
	}

	private static int total(String query) {
		return PAIR.admin().tunnels(query).total();
	}

	private static Lane.Ends openGame() {
		return Lane.Ends.open(PAIR.gateway(), "/game", GAMES);
	}

}
