package io.switchgate.gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What follows a refused handshake on a connection of HTTP/1.1.
 */
class Http1RefusalGatewayTests {

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#http1")
	void passesAChunkedBodyAndParsesWhatFollowsAsHttp(Lane lane) {
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path()) + "GET " + lane.path() + "/next HTTP/1.1\nHost: b\n\n");
			try (Wire upstream = lane.upstream().accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 403 Forbidden\nTransfer-Encoding: chunked\n\n3\nabc\n4\ndefg\n0\n\n");
				assertThat(client.head()).isEqualTo("HTTP/1.1 403 Forbidden\ntransfer-encoding: chunked\n\n");
				assertThat(client.head()).endsWith("defg\n0\n\n");
			}
			try (Wire upstream = lane.upstream().accept()) {
				assertThat(upstream.head()).startsWith("GET " + lane.path() + "/next HTTP/1.1\n");
				upstream.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
				assertThat(client.head()).startsWith("HTTP/1.1 200 OK\n");
				assertThat(client.text(2)).isEqualTo("ok");
			}
		}
	}

	@Test
	void keepsTheConnectionWhenTheBodyOfARefusedHandshakeComesLate() {
		Lane lane = Lane.any();
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path(), "Content-Length: 4"));
			ProblemAnswer.expect(client, 400, "A body (expected: none)");
			// Two line ends are the body, and look like the end of a head.
			client.send(
					"\n\n" + Handshakes.request(lane.path(), "Content-Length: 0").replace("Version: 13", "Version: 8"));
			ProblemAnswer.expect(client, 426, "Sec-WebSocket-Version: 8 (expected: 13)");
		}
	}

}
