package io.switchgate.gateway;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer that comes before the end of the request and ends the connection: the client
 * sends what it has, and then reads the answer and a FIN where there would be a reset.
 */
class LingerGatewayTests {

	private static final byte[] BODY = new byte[2 * 1024 * 1024];

	private static final String EXPECT = "\nHost: a\nExpect: 100-continue\nContent-Length: " + BODY.length + "\n\n";

	static Stream<Lane> clearAndTls() {
		return Lane.http1()
			.filter((lane) -> !lane.tlsUpstream() && (lane.front() == Front.CLEAR || lane.front() == Front.TLS));
	}

	@ParameterizedTest
	@MethodSource("clearAndTls")
	void deliversARefusalOfTheUpstream(Lane lane) {
		try (Wire client = lane.gateway().connect()) {
			client.send("PUT " + lane.path() + " HTTP/1.1" + EXPECT);
			try (Wire upstream = lane.upstream().accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 401 Unauthorized\nContent-Length: 2\n\nno");
				client.send(BODY);
				assertThat(client.head()).startsWith("HTTP/1.1 100 ");
				assertThat(client.head()).startsWith("HTTP/1.1 401 ").containsIgnoringCase("\nConnection: close\n");
				assertThat(client.rest()).asString().isEqualTo("no");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("clearAndTls")
	void deliversARefusalOfItsOwn(Lane lane) {
		try (Wire client = lane.gateway().connect()) {
			client.send("PUT /none HTTP/1.1" + EXPECT);
			client.send(BODY);
			ProblemAnswer.expect(client, 404);
			assertThat(client.rest()).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("clearAndTls")
	void deliversTheAnswerOfAnUpstreamThatHasEnough(Lane lane) {
		try (Wire client = lane.gateway().connect()) {
			client.send("PUT " + lane.path() + " HTTP/1.1\nHost: a\nContent-Length: " + BODY.length + "\n\n");
			try (Wire upstream = lane.upstream().accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 413 Content Too Large\nContent-Length: 0\nConnection: close\n\n");
				client.send(BODY);
				assertThat(client.head()).startsWith("HTTP/1.1 413 ");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("clearAndTls")
	void deliversAnAnswerBeforeRequestsThatCountNoMore(Lane lane) {
		String last = "GET /none HTTP/1.1\nHost: a\nConnection: close\n\n";
		try (Wire client = lane.gateway().connect()) {
			client.send(last);
			client.send(BODY);
			ProblemAnswer.expect(client, 404);
			assertThat(client.rest()).isEmpty();
		}
	}

}
