package io.switchgate.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Routes that change while their tunnels are open.
 */
@ExtendWith(OutputCaptureExtension.class)
class RouteReloadGatewayTests {

	private static final String VALID = "switchgate_routes_valid";

	private static final String CLOSED = """
			switchgate_tunnels_closed_total{cause="gateway-route",code="%d",route="chat"}""";

	@AutoClose
	private final ScriptedUpstream upstreams = ScriptedUpstream.start();

	private RouteFile file;

	@BeforeEach
	void start(@TempDir Path directory) {
		this.file = new RouteFile(directory);
	}

	@Test
	void tunnelsOfAChangedRouteStayAndNewOnesTakeTheNewRoute(CapturedOutput output) {
		this.file.write(routes(route("chat"), route("other")));
		try (Gateway gateway = this.file.refreshable().start();
				OpenTunnel before = open(gateway, "/chat");
				OpenTunnel other = open(gateway, "/other")) {
			this.file.write(routes(route("chat", "filters: [ \"AddRequestHeader=X-Version, 2\" ]"), route("other")));
			assertThat(RouteFile.refresh(gateway)).startsWith("HTTP/1.1 200 ")
				.endsWith("{\"changed\":[\"chat\"],\"added\":[],\"removed\":[],\"reordered\":false,\"errors\":[]}");
			try (OpenTunnel after = open(gateway, "/chat")) {
				assertThat(before.request()).doesNotContain("X-Version");
				assertThat(after.request()).contains("\nX-Version: 2\n");
				before.assertCarries("old route");
				after.assertCarries("new route");
				other.assertCarries("same route");
			}
			assertThat(output).contains("Changed, keep tunnels: route chat: Path=/chat/** -> ", "X-Version, 2")
				.doesNotContain("tunnels: route other");
		}
	}

	@ParameterizedTest
	@CsvSource({ "cut, 1006", "drain, 1001" })
	void tunnelsOfAChangedRouteEndIfItSaysSo(String policy, int code) {
		this.file.write(routes(route("chat"), route("other")));
		try (Gateway gateway = this.file.refreshable().start();
				OpenTunnel chat = open(gateway, "/chat");
				OpenTunnel other = open(gateway, "/other")) {
			this.file.write(routes(route("chat", "metadata: { on-change: " + policy + " }"), route("other")));
			assertThat(RouteFile.refresh(gateway)).contains("\"changed\":[\"chat\"]");
			chat.awaitEnd();
			Admin.of(gateway).awaitMeter(CLOSED.formatted(code), 1);
			other.assertCarries("as if nothing had happened");
			try (OpenTunnel next = open(gateway, "/chat")) {
				assertThat(RouteFile.refresh(gateway)).contains("\"changed\":[]");
				next.assertCarries("next generation");
			}
		}
	}

	@Test
	void tunnelsOfARemovedRouteDrainAndItIsNotFoundAnyMore() {
		this.file.write(routes(route("chat"), route("other")));
		try (Gateway gateway = this.file.refreshable().start();
				OpenTunnel chat = open(gateway, "/chat");
				OpenTunnel other = open(gateway, "/other")) {
			this.file.write(routes(route("other"), route("new")));
			assertThat(RouteFile.refresh(gateway)).endsWith(
					"{\"changed\":[],\"added\":[\"new\"],\"removed\":[\"chat\"],\"reordered\":false,\"errors\":[]}");
			chat.awaitEnd();
			Admin.of(gateway).awaitMeter(CLOSED.formatted(1001), 1);
			try (Wire client = gateway.connect(); OpenTunnel added = open(gateway, "/new")) {
				assertThat(client.send(Handshakes.request("/chat")).head()).startsWith("HTTP/1.1 404 ");
				added.assertCarries("new");
				other.assertCarries("as if nothing had happened");
			}
		}
	}

	@Test
	void tunnelsOfARemovedRouteStayIfItSaidSo() {
		this.file.write(routes(route("chat", "metadata: { on-removal: keep }"), route("other")));
		try (Gateway gateway = this.file.refreshable().start(); OpenTunnel chat = open(gateway, "/chat")) {
			this.file.write(routes(route("other")));
			assertThat(RouteFile.refresh(gateway)).contains("\"removed\":[\"chat\"]");
			chat.assertCarries("without a route");
		}
	}

	@Test
	void tunnelsWhoseHandshakeWasUnderWayEndAsWell() {
		this.file.write(routes(route("chat"), route("other")));
		try (Gateway gateway = this.file.refreshable().start();
				Wire client = gateway.connect().send(Handshakes.request("/chat"));
				Wire upstream = this.upstreams.accept()) {
			upstream.head();
			this.file.write(routes(route("chat", "metadata: { on-change: cut }"), route("other")));
			RouteFile.refresh(gateway);
			upstream.send(Handshakes.SWITCHED);
			client.head();
			client.awaitEnd();
			upstream.awaitEnd();
		}
	}

	@Test
	void defaultFiltersOfTheFileHoldForEveryRoute() {
		this.file.write(routes(route("chat")));
		try (Gateway gateway = this.file.refreshable().start()) {
			this.file.write(routes(route("chat"))
					+ "          default-filters:\n            - AddRequestHeader=X-Default, 1\n");
			assertThat(RouteFile.refresh(gateway)).contains("\"changed\":[\"chat\"]");
			try (OpenTunnel chat = open(gateway, "/chat")) {
				assertThat(chat.request()).contains("\nX-Default: 1\n");
			}
		}
	}

	@Test
	void aWeightedRouteThatIsRemovedIsNotChosenAnyMore() {
		String other = weighted("other");
		this.file.write(routes(weighted("chat"), other));
		try (Gateway gateway = this.file.refreshable().start()) {
			this.file.write(routes(other));
			assertThat(RouteFile.refresh(gateway)).contains("\"removed\":[\"chat\"]");
			for (int i = 0; i < 20; i++) {
				open(gateway, "/any").close();
			}
		}
	}

	private String weighted(String id) {
		return route(id).replace("Path=/" + id + "/**\"", "Path=/any\", \"Weight=group, 5\"");
	}

	@Test
	void aBrokenFileKeepsWhatRuns(CapturedOutput output) {
		this.file.write(routes(route("chat")));
		try (Gateway gateway = this.file.refreshable().start(); OpenTunnel chat = open(gateway, "/chat")) {
			Admin.of(gateway).awaitMeter(VALID, 1);
			this.file.write(routes(route("new"), route("chat", "filters: [ StripPrefix=x, Nonsense ]"))
					+ "switchgate:\n  tunnel:\n    close-timout: 1s\n");
			String answer = RouteFile.refresh(gateway);
			int line = RouteFile.FIRST_LINE + 6;
			assertThat(answer).startsWith("HTTP/1.1 422 ")
				.contains("application.yml:" + line + ": route chat, filter StripPrefix=x: 'x' (expected: ")
				.contains("application.yml:" + line + ": route chat, filter Nonsense: unknown filter (expected: ")
				.contains("application.yml:" + (line + 3)
						+ ": switchgate.tunnel.close-timout: unknown (expected: one of close-frame-timeout, close-rate, close-timeout, ");
			Admin.of(gateway).awaitMeter(VALID, 0);
			assertThat(output).contains("Configuration not taken: " + this.file.path() + ":" + line);
			chat.assertCarries("still there");
			open(gateway, "/chat").close();
			this.file.write(routes(route("chat"), route("new")));
			assertThat(RouteFile.refresh(gateway)).contains("\"added\":[\"new\"]");
			Admin.of(gateway).awaitMeter(VALID, 1);
			Admin.of(gateway).awaitMeter("switchgate_routes_reloads_total{outcome=\"failed\"}", 1);
			Admin.of(gateway).awaitMeter("switchgate_routes_reloads_total{outcome=\"changed\"}", 1);
		}
	}

	@Test
	void aFileThatIsNoYamlKeepsWhatRuns() {
		this.file.write(routes(route("chat")));
		try (Gateway gateway = this.file.refreshable().start()) {
			this.file.write(routes(route("chat", "uri: http://a: b:secret")));
			assertThat(RouteFile.refresh(gateway)).startsWith("HTTP/1.1 422 ")
				.contains("application.yml:" + (RouteFile.FIRST_LINE + 3) + ": ")
				.doesNotContain("secret");
			open(gateway, "/chat").close();
		}
	}

	@Test
	void aFileThatIsGoneOrEmptyKeepsWhatRuns() throws IOException {
		this.file.write(routes(route("chat")));
		try (Gateway gateway = this.file.refreshable().start()) {
			Files.delete(this.file.path());
			assertThat(RouteFile.refresh(gateway)).startsWith("HTTP/1.1 422 ")
				.contains("no configuration file any more");
			this.file.write("");
			assertThat(RouteFile.refresh(gateway)).startsWith("HTTP/1.1 422 ").contains("or an empty one");
			open(gateway, "/chat").close();
			this.file.write(routes().stripTrailing() + " []\n");
			assertThat(RouteFile.refresh(gateway)).startsWith("HTTP/1.1 200 ").contains("\"removed\":[\"chat\"]");
		}
	}

	@Test
	void otherKeysAreNamedButNotTaken(CapturedOutput output) {
		this.file.write(routes(route("chat")));
		try (Gateway gateway = this.file.refreshable().start()) {
			this.file.write(routes(route("chat")) + "some:\n  token: a-secret\n");
			assertThat(RouteFile.refresh(gateway)).contains("\"changed\":[]");
			assertThat(output).contains("taken over by a restart only: [some.token]").doesNotContain("a-secret");
		}
	}

	@Test
	void theWatchFollowsAFileThatIsRenamedIntoPlace() {
		this.file.write(routes(route("chat")));
		try (Gateway gateway = this.file.watchedEvery("20ms").start()) {
			this.file.write(routes(route("new")));
			Admin.of(gateway).awaitMeter("switchgate_routes_reloads_total{outcome=\"changed\"}", 1);
			open(gateway, "/new").close();
		}
	}

	@Test
	void nobodyRefreshesUnlessTheOperatorHasOpenedIt() {
		this.file.write(routes(route("chat")));
		try (Gateway exposed = this.file.watchedEvery("0s")
			.property("management.endpoints.access.max-permitted", "unrestricted")
			.start()) {
			assertThat(RouteFile.refresh(exposed)).startsWith("HTTP/1.1 404 ");
		}
		try (Gateway exposed = this.file.watchedEvery("0s")
			.property("management.endpoint.refresh.access", "unrestricted")
			.start()) {
			assertThat(RouteFile.refresh(exposed)).startsWith("HTTP/1.1 404 ");
		}
	}

	private String route(String id, String... more) {
		return RouteFile.route(id, this.upstreams.uri(), more);
	}

	private static String routes(String... routes) {
		return RouteFile.yaml(routes);
	}

	private OpenTunnel open(Gateway gateway, String path) {
		return OpenTunnel.through(gateway, path, this.upstreams);
	}

}
