package io.switchgate.gateway;

import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients learn of upstreams and routes from the answers of the gateway's own.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProblemGatewayTests {

	private static final String ROUTE = "inner-billing";

	private static final String PATH = "/" + ROUTE;

	/**
	 * The path of a test names the route, so that it is found; in a body it stands in the
	 * instance.
	 */
	private static final String INSTANCE = "\"instance\":\"" + PATH + "\"";

	private static Gateway.Builder gateway(String uri, String... filters) {
		return Gateway.with()
			.route(ROUTE, uri, filters)
			.property("switchgate.handshake.timeout", "200ms")
			.property("logging.level.switchgate.access", "info");
	}

	static Stream<Consumer<ScriptedUpstream>> failures() {
		return Stream.of(ScriptedUpstream::close, (upstream) -> {
			// Never answers.
		});
	}

	@ParameterizedTest
	@MethodSource("failures")
	void clientsAreNotToldAndOperatorsAre(Consumer<ScriptedUpstream> failure, CapturedOutput output) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(); Gateway gateway = gateway(upstream.uri()).start()) {
			failure.accept(upstream);
			assertThat(body(gateway, Handshakes.request(PATH))).contains(INSTANCE, "\"handshake\"")
				.satisfies((body) -> assertThat(body.replace(INSTANCE, "")).doesNotContain(ROUTE, "localhost",
						String.valueOf(upstream.port())));
			assertThat(output.getAll()).contains(upstream.uri() + " of route " + ROUTE);
			assertThat(Admin.of(gateway).newestHandshake()).hasDetailWith(upstream.uri() + " of route " + ROUTE);
		}
	}

	@Test
	void clientsAreToldWhereTheOperatorSaysSo() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start();
				Gateway gateway = gateway(upstream.uri()).property("switchgate.problem.show-upstream", "true")
					.start()) {
			assertThat(body(gateway, Handshakes.request(PATH)))
				.contains("No answer of the upstream in time: " + upstream.uri() + " of route " + ROUTE);
		}
	}

	@Test
	void theDemoTellsClients() {
		try (Gateway gateway = gateway("http://localhost:1").property("spring.profiles.active", "demo")
			.property("switchgate.demo.port", "0")
			.start()) {
			assertThat(body(gateway, Handshakes.request(PATH))).contains("http://localhost:1 of route " + ROUTE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://localhost:%d", "ws://localhost:%d" })
	void whatALibrarySaysIsForOperators(String uri) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start();
				Gateway gateway = gateway(uri.formatted(upstream.port())).start();
				Wire client = gateway.connect()) {
			client.send(Handshakes.request(PATH));
			try (Wire wire = upstream.accept()) {
				wire.send("SSH-2.0-inner-host\r\n\r\n");
				assertThat(read(client).replace(INSTANCE, "")).doesNotContain(ROUTE, "localhost", "SSH", "inner",
						"5353482d", String.valueOf(upstream.port()));
			}
		}
	}

	@Test
	void limitsDoNotNameTheRoute() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start();
				Gateway gateway = gateway(upstream.uri()).limits("open-tunnels", "1").start();
				OpenTunnel tunnel = OpenTunnel.through(gateway, PATH, upstream)) {
			assertThat(body(gateway, Handshakes.request(PATH)).replace(INSTANCE, ""))
				.contains("\"detail\":\"More than 1 tunnels (expected: at most that many)\"")
				.doesNotContain(ROUTE);
			tunnel.assertCarries("hi");
		}
	}

	@Test
	void plainRequestsAreNotToldEither() {
		try (Gateway gateway = gateway("http://localhost:1").start()) {
			assertThat(body(gateway, "GET " + PATH + " HTTP/1.1\nHost: a\n\n").replace(INSTANCE, ""))
				.contains("The upstream refused the connection")
				.doesNotContain(ROUTE, "localhost", "127.0.0.1");
		}
	}

	private static String body(Gateway gateway, String request) {
		try (Wire client = gateway.connect()) {
			return read(client.send(request));
		}
	}

	private static String read(Wire client) {
		String head = client.head();
		assertThat(head).contains("application/problem+json");
		return client.text(Integer.parseInt(head.replaceAll("(?s).*[Cc]ontent-[Ll]ength: (\\d+).*", "$1")));
	}

}
