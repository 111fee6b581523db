package io.switchgate.gateway;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Stream;
import io.switchgate.fixture.Http2Upstream;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An upstream has a time for the head of its answer, from the end of the request, and for
 * nothing else.
 */
class ResponseTimeoutGatewayTests {

	private static final String PROPERTY = "spring.cloud.gateway.server.webflux.httpclient.response-timeout";

	private static final String METADATA = "spring.cloud.gateway.server.webflux.routes[%d].metadata.response-timeout";

	private static final Duration TIME = Duration.ofSeconds(3);

	@AutoClose
	private static final Http2Upstream STREAMS = Http2Upstream.start(true);

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension.with((gateway, uri) -> gateway.front(Front.TLS_HTTP2)
		.trustUpstream()
		.route("slow", uri)
		.route("quick", uri)
		.property(METADATA.formatted(1), "300")
		.route("retried", uri, "Retry=1")
		.property(METADATA.formatted(2), "300ms")
		.route("streams", STREAMS.uri())
		.property(METADATA.formatted(3), "300")
		.property(PROPERTY, TIME.toMillis() + "ms"));

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#transports")
	void answers504WhenTheUpstreamIsSilent(Lane lane) {
		lane.gateway();
		try (Gateway own = Gateway.with()
			.property("switchgate.transport.type", lane.transport().name())
			.route("chat", PAIR.upstream().uri())
			.property(PROPERTY, "300ms")
			.start(); Wire client = own.connect()) {
			for (String request : new String[] { "GET /chat HTTP/1.1\nHost: a\n\n",
					"POST /chat HTTP/1.1\nHost: a\nContent-Length: 2\n\nok" }) {
				client.send(request);
				try (Wire upstream = PAIR.accept()) {
					upstream.head();
					ProblemAnswer.expect(client, 504, "upstream-answer-timeout", "No answer of the upstream in time");
					upstream.awaitEnd();
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void letsARouteSetItsOwnTime(boolean http2) throws Exception {
		try (Wire client = PAIR.gateway().to(http2 ? Front.H2 : Front.TLS_HTTP2).connect()) {
			client.send("GET /quick HTTP/1.1\nHost: a\n\n");
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				ProblemAnswer.expect(client, 504, "upstream-answer-timeout");
				upstream.awaitEnd();
			}
			client.send("GET /streams HTTP/1.1\nHost: a\n\n");
			Http2Stream upstream = STREAMS.accept();
			upstream.next();
			ProblemAnswer.expect(client, 504, "upstream-answer-timeout");
		}
	}

	@Test
	void isTriedAgainAsSpringCloudGatewaysOwnIs() {
		try (Wire client = PAIR.connect()) {
			client.send("GET /retried HTTP/1.1\nHost: a\n\n");
			try (Wire first = PAIR.accept(); Wire second = PAIR.accept()) {
				first.head();
				second.head();
				ProblemAnswer.expect(client, 504, "upstream-answer-timeout");
			}
		}
	}

	@Test
	void countsFromTheEndOfTheRequestToTheHeadOfTheAnswer() {
		try (Wire client = PAIR.connect()) {
			client.send("POST /slow HTTP/1.1\nHost: a\nContent-Length: 4\n\nab");
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				assertThat(upstream.text(2)).isEqualTo("ab");
				letTimePass();
				client.send("cd");
				assertThat(upstream.text(2)).isEqualTo("cd");
				upstream.send("HTTP/1.1 200 OK\nContent-Type: text/event-stream\nContent-Length: 4\n\nef");
				assertThat(client.head()).startsWith("HTTP/1.1 200 OK\n");
				assertThat(client.text(2)).isEqualTo("ef");
				letTimePass();
				upstream.send("gh");
				assertThat(client.text(2)).isEqualTo("gh");
			}
		}
	}

	@Test
	void isNotForHandshakesAndTunnels() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/quick"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				Awaitility.await().pollDelay(Duration.ofMillis(600)).until(() -> true);
				upstream.send(Handshakes.SWITCHED);
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
			}
		}
	}

	private static void letTimePass() {
		Awaitility.await().pollDelay(TIME.plusMillis(300)).until(() -> true);
	}

}
