package io.switchgate.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What pages of other sites reach of the management port through the browser of an
 * operator, where everything is exposed and everything writes.
 */
class ManagementGuardGatewayTests {

	private static final List<String> WRITES = List.of("POST /actuator/refresh", "POST /actuator/drain",
			"DELETE /actuator/drain?route=chat", "DELETE /actuator/tunnels?all=true", "DELETE /actuator/tunnels/x",
			"POST /actuator/loggers/io.switchgate", "POST /actuator/shutdown", "PUT /actuator/refresh",
			"PATCH /actuator/refresh", "POST /actuator/gateway/refresh");

	private static final String CROSS_SITE = "urn:switchgate:problem:cross-site";

	private static final String HOST_NOT_ALLOWED = "urn:switchgate:problem:host-not-allowed";

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension.with(ManagementGuardGatewayTests::open);

	private static Gateway.Builder open(Gateway.Builder gateway, String uri) {
		return Admin.allowWrites(gateway)
			.route("chat", uri)
			.property("management.endpoints.web.exposure.include", "*")
			.property("management.endpoint.refresh.access", "unrestricted")
			.property("management.endpoint.loggers.access", "unrestricted")
			.property("switchgate.management.hosts", "admin.example.com,*.admin.test");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Origin: https://evil.example", "Origin: null", "Origin: http://localhost:1",
			"Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site",
			"Origin: http://localhost\nSec-Fetch-Site: cross-site", "Origin: ::", "Sec-Fetch-Site: something-new" })
	void noOtherSiteChangesAnything(String headers) {
		try (OpenTunnel tunnel = OpenTunnel.through(PAIR, "/chat")) {
			assertThat(WRITES)
				.allSatisfy((operation) -> assertThat(answer(PAIR.gateway().managementPort(), operation, headers))
					.startsWith("HTTP/1.1 403 ")
					.contains("application/problem+json", CROSS_SITE, "management.endpoints.web.cors.allowed-origins")
					.doesNotContain("Access-Control"));
			tunnel.assertCarries("still here");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Nothing: 1", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none",
			"Origin: http://localhost", "Origin: http://LOCALHOST",
			"Origin: https://proxy.example\nSec-Fetch-Site: same-origin" })
	void itsOwnPageAndProgramsDo(String headers) {
		assertThat(answer(PAIR.gateway().managementPort(), "POST /actuator/refresh", headers))
			.startsWith("HTTP/1.1 200 ");
		assertThat(answer(PAIR.gateway().managementPort(), "DELETE /actuator/tunnels/x", headers))
			.startsWith("HTTP/1.1 404 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "OPTIONS" })
	void otherSitesMayAskButNotRead(String method) {
		assertThat(answer(PAIR.gateway().managementPort(), method + " /actuator/health",
				"Origin: https://evil.example\nSec-Fetch-Site: cross-site"))
			.startsWith("HTTP/1.1 200 ")
			.doesNotContain("Access-Control-Allow-Origin");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:8081", "LOCALHOST.", "a.localhost:1", "127.0.0.1:8081", "10.0.0.7",
			"[::1]:8081", "[2001:db8::7]", "gateway", "gateway-management:8081", "admin.example.com",
			"Admin.Example.com:81", "a.admin.test", "a.b.admin.test." })
	void goesByItsNames(String host) {
		assertThat(called(PAIR.gateway().managementPort(), "GET /actuator/health", host)).startsWith("HTTP/1.1 200 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "evil.example:8081", "localhost.evil.example", "127.0.0.1.evil.example",
			"admin.example.com.evil.example", "evil-admin.test", "admin.test.evil.example", "b.admin.example.com",
			"10.0.0.7.nip.io", "[evil.example]", "evil.example.", "1.2.3", "a b", "x@localhost" })
	void goesByNoOther(String host) {
		assertThat(List.of("GET /actuator/health", "GET /actuator/console", "GET /actuator/tunnels", "GET /",
				"POST /actuator/refresh", "OPTIONS /actuator/refresh"))
			.allSatisfy((operation) -> assertThat(called(PAIR.gateway().managementPort(), operation, host))
				.startsWith("HTTP/1.1 403 ")
				.contains(HOST_NOT_ALLOWED, "switchgate.management.hosts"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[::1].evil.example", "localhost:80:evil.example" })
	void goesByNothingThatIsNoName(String host) {
		assertThat(called(PAIR.gateway().managementPort(), "GET /actuator/health", host)).startsWith("HTTP/1.1 400 ");
	}

	@Test
	void programsOfOldNeedNoHost() {
		try (Wire client = Wire.connect(PAIR.gateway().managementPort())) {
			assertThat(client.send("GET /actuator/health HTTP/1.0\n\n").head()).contains(" 200 ");
		}
	}

	@Test
	void anyNameWillDoIfTheOperatorSaysSo() {
		try (Gateway any = open(Gateway.with(), PAIR.upstream().uri()).property("switchgate.management.hosts", "*")
			.start()) {
			assertThat(called(any.managementPort(), "GET /actuator/health", "evil.example"))
				.startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void anOriginWillDoIfTheOperatorSaysSo() {
		try (Gateway cors = open(Gateway.with(), PAIR.upstream().uri())
			.property("management.endpoints.web.cors.allowed-origins", "https://board.example")
			.property("management.endpoints.web.cors.allowed-methods", "GET,POST")
			.start()) {
			String board = "Origin: https://board.example\nSec-Fetch-Site: cross-site";
			assertThat(answer(cors.managementPort(), "POST /actuator/refresh", board)).startsWith("HTTP/1.1 200 ");
			assertThat(answer(cors.managementPort(), "POST /actuator/refresh", board.replace("board", "evil")))
				.startsWith("HTTP/1.1 403 ");
		}
	}

	@Test
	void guardsTheEndpointsAloneOnThePortOfClients() {
		try (Gateway single = open(Gateway.with(), PAIR.upstream().uri()).onePort().start()) {
			for (String path : List.of("/actuator/refresh", "/actuator/refresh;x=1", "/%61ctuator/refresh")) {
				assertThat(answer(single.port(), "POST " + path, "Origin: https://evil.example"))
					.startsWith("HTTP/1.1 403 ");
				assertThat(called(single.port(), "POST " + path, "evil.example")).startsWith("HTTP/1.1 403 ");
			}
			assertThat(called(single.port(), "POST /nowhere", "evil.example\nOrigin: https://evil.example"))
				.startsWith("HTTP/1.1 404 ");
		}
	}

	@ParameterizedTest
	@CsvSource({ "admin.example.com:8081", "https://admin.example.com", "*.*.test", "a*" })
	void doesNotStartWithANameThatIsNone(String host) {
		assertThatException().isThrownBy(() -> Gateway.with().property("switchgate.management.hosts", host).start())
			.havingRootCause()
			.withMessageContaining("switchgate.management.hosts: " + host + " (expected: a name without a port");
	}

	private static String answer(int port, String operation, String headers) {
		return called(port, operation, "localhost\n" + headers);
	}

	private static String called(int port, String operation, String host) {
		try (Wire client = Wire.connect(port)) {
			client.send(operation + " HTTP/1.1\nHost: " + host + "\nContent-Length: 0\nConnection: close\n\n");
			return client.head() + new String(client.rest(), StandardCharsets.UTF_8);
		}
	}

}
