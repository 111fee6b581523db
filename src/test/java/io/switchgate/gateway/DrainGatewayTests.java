package io.switchgate.gateway;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.switchgate.drain.DrainProperties;
import io.switchgate.drain.DrainScope;
import io.switchgate.drain.DrainStatus;
import io.switchgate.drain.Drains;
import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.ShownDrain;
import io.switchgate.fixture.Wire;
import io.switchgate.tunnel.TunnelProperties;
import io.switchgate.tunnel.TunnelRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a drain of a route or an upstream does to both ends, and to nobody else.
 */
@ParameterizedClass
@MethodSource("io.switchgate.fixture.Lane#fronts")
class DrainGatewayTests {

	@AutoClose
	private static final ScriptedUpstream CHATS = ScriptedUpstream.start();

	@AutoClose
	private static final ScriptedUpstream GAMES = ScriptedUpstream.start();

	@AutoClose
	private static final Gateway DRAINED = Admin.allowWrites(Gateway.with())
		.front(Front.CLEAR_HTTP2)
		.route("chat", CHATS.uri())
		.route("room", CHATS.uri())
		.route("game", GAMES.uri())
		.property("switchgate.tunnel.close-wait", "1s")
		.start();

	private static final Admin ADMIN = Admin.of(DRAINED);

	private final Front front;

	private final Gateway gateway;

	DrainGatewayTests(Front front) {
		this.front = front;
		this.gateway = DRAINED.to(front);
	}

	@AfterEach
	void cancelAll() {
		ADMIN.delete("drain?route=chat");
		ADMIN.delete("drain?upstream=" + CHATS.uri());
		ADMIN.awaitNoTunnels();
	}

	@Test
	void closesTheTunnelsOfARouteAndLeavesTheOthers() {
		try (Lane.Ends drained = open("chat", CHATS); Lane.Ends other = open("room", CHATS)) {
			assertThat(ADMIN.post("drain", "{\"route\":\"chat\"}")).hasStatus(202);
			drained.assertClosed(1001, "Going away");
			other.assertRelays();
			assertThat(awaitState("done")).hasRoute("chat").hasClosedAll(1);
		}
	}

	@Test
	void closesTheTunnelsToAnUpstreamWithCodeAndReasonOfTheRequest() {
		try (Lane.Ends chat = open("chat", CHATS);
				Lane.Ends room = open("room", CHATS);
				Lane.Ends game = open("game", GAMES)) {
			ADMIN.post("drain", "{\"upstream\":\"" + CHATS.uri() + "\",\"code\":1012,\"reason\":\"Restart\"}");
			chat.assertClosed(1012, "Restart");
			room.assertClosed(1012, "Restart");
			game.assertRelays();
		}
	}

	@Test
	void refusesHandshakesOfTheRouteUntilItIsCancelled() {
		assertThat(started("{\"route\":\"chat\"}")).isRefusing();
		awaitState("done");
		assertRefused("/chat");
		open("room", CHATS).close();
		open("game", GAMES).close();
		assertThat(ADMIN.delete("drain?route=chat")).hasStatus(204);
		open("chat", CHATS).close();
		assertThat(ADMIN.delete("drain?route=chat")).hasStatus(404);
	}

	@Test
	void refusesHandshakesToTheUpstreamUntilItIsCancelled() {
		ADMIN.post("drain", "{\"upstream\":\"" + CHATS.uri() + "\"}");
		assertRefused("/chat");
		assertRefused("/room");
		open("game", GAMES).close();
		assertThat(ADMIN.delete("drain?upstream=" + CHATS.uri())).hasStatus(204);
		open("room", CHATS).close();
	}

	private void assertRefused(String path) {
		try (Wire client = this.gateway.connect()) {
			client.send(Handshakes.request(path));
			String head = ProblemAnswer.expect(client, 503, "\"type\":\"urn:switchgate:problem:draining\"");
			assertThat(head).containsPattern("(?i)\nRetry-After: \\d+\n");
			assertThat(head.toLowerCase(Locale.ROOT).contains("\nconnection: close\n"))
				.isEqualTo(!this.front.isHttp2());
			client.awaitEnd();
		}
	}

	@Test
	void servesPlainRequestsOfTheRoute() {
		ADMIN.post("drain", "{\"route\":\"chat\"}");
		String received = CHATS.receivedFor(this.gateway, "GET /chat HTTP/1.1\nHost: a\n\n",
				"HTTP/1.1 200 OK\nContent-Length: 0\n\n");
		assertThat(received).startsWith("GET /chat HTTP/1.1\n");
	}

	@Test
	void closesATunnelWhoseHandshakeWasUnderWay() {
		try (Wire client = this.gateway.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = CHATS.accept()) {
				String request = upstream.head();
				ADMIN.post("drain", "{\"route\":\"chat\"}");
				upstream.send(Handshakes.switched(request));
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
				new Lane.Ends(client, upstream).assertClosed(1001, "Going away");
			}
		}
	}

	@Test
	void leavesAloneWhatIsNotClosedYetWhenCancelled() {
		List<Lane.Ends> tunnels = IntStream.range(0, 20).mapToObj((i) -> open("chat", CHATS)).toList();
		assertThat(started("{\"route\":\"chat\",\"time\":\"24h\"}")).hasState("running");
		assertThat(ADMIN.post("drain", "{\"route\":\"chat\"}")).as("a second one").hasStatus(409);
		assertRefused("/chat");
		assertThat(ADMIN.delete("drain?route=chat")).hasStatus(204);
		assertThat(tunnels).allSatisfy(Lane.Ends::assertRelays);
		assertThat(awaitState("cancelled")).isNotRefusing();
		tunnels.forEach(Lane.Ends::close);
	}

	@Test
	void endsWhereNobodyAnswers() {
		try (Lane.Ends silent = open("chat", CHATS)) {
			ADMIN.post("drain", "{\"route\":\"chat\"}");
			assertThat(silent.client().frame().code()).isEqualTo(1001);
			silent.client().awaitEnd();
			assertThat(silent.upstream().frame().code()).isEqualTo(1001);
			silent.upstream().awaitEnd();
			awaitState("done");
		}
	}

	/**
	 * No tunnel takes longer than a drain expects, unless its event loop is late. So this
	 * one expects too little.
	 */
	@Test
	void cutsWhatIsLeftAfterItsTime() {
		TunnelProperties hasty = new Binder(
				new MapConfigurationPropertySource(Map.of("close-wait", "200ms", "close-timeout", "1ms")))
			.bind("", TunnelProperties.class)
			.get();
		try (Lane.Ends silent = open("chat", CHATS);
				Drains drains = new Drains(this.gateway.bean(TunnelRegistry.class), hasty)) {
			DrainScope scope = DrainScope.ofRoute("chat");
			drains.start(this.gateway.bean(DrainProperties.class).request(scope));
			silent.client().awaitEnd();
			silent.upstream().awaitEnd();
			assertThat(drains.status(scope)).get().extracting(DrainStatus::cut).isEqualTo(1);
		}
	}

	@Test
	void cutsNoMessageInTwo() {
		try (Lane.Ends ends = open("chat", CHATS)) {
			byte[] message = Frame.text("a message under way").bytes();
			ends.upstream().send(message, 0, 7);
			ends.client().read(7);
			ADMIN.post("drain", "{\"route\":\"chat\",\"grace\":\"1m\"}");
			awaitState("running");
			ends.upstream().send(message, 7, message.length - 7);
			ends.client().read(message.length - 7);
			ends.assertClosed(1001, "Going away");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"{} | 400 | scope: absent (expected: route or upstream)",
			"{\"route\":\"chat\",\"upstream\":\"http://a\"} | 400 | scope: route and upstream (expected: route or upstream)",
			"{\"route\":\"nobody\"} | 404 | route: nobody (expected: one there is)",
			"{\"upstream\":\"localhost:8000\"} | 400 | upstream: localhost:8000 (expected: scheme, host and port",
			"{\"route\":\"chat\",\"time\":\"48h\"} | 400 | time: PT48H (expected: 0s to 24h)",
			"{\"route\":\"chat\",\"time\":\"soon\"} | 400 | time: soon (expected: a duration",
			"{\"route\":\"chat\",\"grace\":\"2h\"} | 400 | grace: PT2H (expected: 0s to 1h)",
			"{\"route\":\"chat\",\"code\":1005} | 400 | close code: 1005 (expected:" })
	void saysWhatADrainMayBe(String json, int status, String detail) {
		assertThat(ADMIN.post("drain", json)).isProblem(status).hasDetailStartingWith(detail);
		open("chat", CHATS).close();
	}

	@Test
	void drainsAnUpstreamThatHasNoTunnels() {
		assertThat(ADMIN.post("drain", "{\"upstream\":\"http://localhost:1\"}")).hasStatus(202);
		assertThat(ADMIN.delete("drain?upstream=http://localhost:1")).hasStatus(204);
	}

	@Test
	void countsWhatIsLeft() {
		try (Lane.Ends ends = open("chat", CHATS)) {
			ADMIN.post("drain", "{\"route\":\"chat\",\"time\":\"24h\"}");
			assertThat(ADMIN.get("prometheus").body().lines()).contains("switchgate_drains_active 1.0",
					"switchgate_drain_remaining 1.0");
			ends.assertRelays();
		}
		Awaitility.await()
			.untilAsserted(() -> assertThat(ADMIN.get("prometheus").body().lines())
				.contains("switchgate_drains_active 0.0", "switchgate_drain_remaining 0.0"));
	}

	private static ShownDrain started(String json) {
		return new ShownDrain(ADMIN.post("drain", json).json());
	}

	private static ShownDrain awaitState(String state) {
		return Awaitility.await(state)
			.until(() -> ADMIN.drains().filter((drain) -> drain.state().equals(state)).findFirst(), Optional::isPresent)
			.orElseThrow();
	}

	private Lane.Ends open(String route, ScriptedUpstream upstreams) {
		return Lane.Ends.open(this.gateway, "/" + route, upstreams);
	}

}
