package io.switchgate.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Filters that guard a request guard a handshake, and let go of it when it is over.
 */
class FilterGatewayTests {

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> gateway.route("retry", uri, "Retry=2")
			.route("breaker", uri, "CircuitBreaker=chat")
			.route("both", uri, "CircuitBreaker=both", "Retry=1", "AddResponseHeader=X-Gateway, switchgate"));

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 503 Service Unavailable\nContent-Length: 4\n\nbusy", "" })
	void retriesA503AndAConnectionThatEndsWithoutAnAnswer(String firstAnswer) {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/retry"));
			try (Wire first = PAIR.accept()) {
				first.head();
				first.send(firstAnswer);
			}
			try (Wire second = PAIR.accept()) {
				assertThat(second.head()).startsWith("GET /retry HTTP/1.1\n");
				second.send(Handshakes.SWITCHED + Frame.asText("hello"));
				assertThat(client.head())
					.isEqualTo(Handshakes.SWITCHED.replaceAll("(Upgrade: .*\nConn.*\n)(Sec.*\n)", "$2$1"));
				assertThat(client.frame().text()).isEqualTo("hello");
			}
		}
	}

	@Test
	void retriesARefusedConnectionUntilTheUpstreamIsBack() {
		ScriptedUpstream down = ScriptedUpstream.start();
		down.close();
		String filter = "spring.cloud.gateway.server.webflux.routes[0].filters[0].";
		try (Gateway retrying = Gateway.with()
			.route("chat", down.uri())
			.property(filter + "name", "Retry")
			.property(filter + "args.retries", "1000")
			.property(filter + "args.backoff.firstBackoff", "10ms")
			.property(filter + "args.backoff.maxBackoff", "20ms")
			.start(); Wire client = retrying.connect()) {
			client.send(Handshakes.request("/chat"));
			Awaitility.await().until(() -> retrying.channels().upstreams().size() > 2);
			try (ScriptedUpstream back = ScriptedUpstream.startOn(down.port()); Wire upstream = back.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED);
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
			}
		}
	}

	@Test
	void passesTheLastRefusalOfAllTries() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/retry"));
			for (String body : new String[] { "one", "two", "end" }) {
				try (Wire upstream = PAIR.accept()) {
					upstream.head();
					upstream.send("HTTP/1.1 503 Service Unavailable\nContent-Length: 3\n\n" + body);
					upstream.awaitEnd();
				}
			}
			assertThat(client.head()).startsWith("HTTP/1.1 503 ");
			assertThat(client.text(3)).isEqualTo("end");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "breaker", "both" })
	void letsACircuitBreakerTimeTheHandshakeOnly(String route) {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/" + route));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED);
				client.head();
				// The chain has ended, and with it the breaker's time limit.
				awaitRequestOf(route);
				client.send(Frame.asText("ping"));
				assertThat(upstream.frame().text()).isEqualTo("ping");
				upstream.send(Frame.asText("pong"));
				assertThat(client.frame().text()).isEqualTo("pong");
			}
		}
	}

	private static void awaitRequestOf(String route) {
		MeterRegistry meters = PAIR.gateway().bean(MeterRegistry.class);
		Awaitility.await().until(() -> {
			Timer timer = meters.find("spring.cloud.gateway.requests").tag("routeId", route).timer();
			return timer != null && timer.count() == 1;
		});
	}

	@Test
	void letsACircuitBreakerCutAHandshakeThatTakesTooLong() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/breaker/slow"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				assertThat(client.head()).startsWith("HTTP/1.1 504 ");
				upstream.awaitEnd();
			}
		}
	}

}
