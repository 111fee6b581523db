package io.switchgate.gateway;

import java.nio.ByteBuffer;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client sends behind a request that is not answered yet: little of it is taken,
 * and all of that arrives.
 */
class EarlyBytesGatewayTests {

	/**
	 * What the kernel takes on both sides of a connection, some 7 MB, and early-bytes.
	 */
	private static final long BOUND = 16 * 1024 * 1024;

	private static final int TOTAL = 48 * 1024 * 1024;

	private static final byte[] PIECE = piece();

	private static byte[] piece() {
		ByteBuffer numbers = ByteBuffer.allocate(16 * 1024);
		for (int i = 0; numbers.hasRemaining(); i++) {
			numbers.putInt(i);
		}
		return numbers.array();
	}

	static Stream<Lane> clearAndTls() {
		return Lane.http1()
			.filter((lane) -> !lane.tlsUpstream() && (lane.front() == Front.CLEAR || lane.front() == Front.TLS));
	}

	@ParameterizedTest
	@MethodSource("clearAndTls")
	void takesLittleBehindAHandshakeAndDeliversItToTheTunnel(Lane lane) throws Exception {
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path(Lane.Limited.TRANSPARENT)));
			try (Wire upstream = lane.upstream().accept()) {
				String request = upstream.head();
				Stalled early = Stalled.start(client, PIECE, TOTAL);
				assertThat(early.written()).isLessThan(BOUND);
				upstream.send(Handshakes.switched(request));
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
				assertArrives(upstream);
				early.thread().join();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("clearAndTls")
	void takesLittleBehindAPlainRequestAndDeliversItAsTheNextOne(Lane lane) throws Exception {
		try (Wire client = lane.gateway().connect()) {
			client.send("GET " + lane.path() + " HTTP/1.1\nHost: a\n\n");
			try (Wire upstream = lane.upstream().accept()) {
				upstream.head();
				client.send("PUT " + lane.path() + " HTTP/1.1\nHost: a\nContent-Length: " + TOTAL + "\n\n");
				Stalled early = Stalled.start(client, PIECE, TOTAL);
				assertThat(early.written()).isLessThan(BOUND);
				upstream.send("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
				assertThat(client.head()).startsWith("HTTP/1.1 200 ");
				assertThat(upstream.head()).startsWith("PUT ");
				assertArrives(upstream);
				early.thread().join();
				upstream.send("HTTP/1.1 201 Created\nContent-Length: 0\n\n");
				assertThat(client.head()).startsWith("HTTP/1.1 201 ");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#transports")
	void takesFewRequestsBehindOneThatIsNotAnswered(Lane lane) {
		byte[] requests = Wire.crlf("GET /none HTTP/1.1\nHost: a\n\n".repeat(100));
		try (Wire client = lane.gateway().connect()) {
			client.send("GET " + lane.path() + " HTTP/1.1\nHost: a\n\n");
			try (Wire upstream = lane.upstream().accept()) {
				upstream.head();
				Stalled early = Stalled.start(client, requests, (long) requests.length * (TOTAL / requests.length));
				assertThat(early.written()).isLessThan(BOUND);
				upstream.send("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
				assertThat(client.head()).startsWith("HTTP/1.1 200 ");
				for (int answers = 0; answers < 200; answers++) {
					ProblemAnswer.expect(client, 404);
				}
			}
		}
	}

	private static void assertArrives(Wire upstream) {
		for (int arrived = 0; arrived < TOTAL; arrived += PIECE.length) {
			assertThat(upstream.read(PIECE.length)).isEqualTo(PIECE);
		}
	}

}
