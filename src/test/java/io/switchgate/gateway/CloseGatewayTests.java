package io.switchgate.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How tunnels end: what one side does is what the other side sees.
 */
class CloseGatewayTests {

	private static final String LANES = "io.switchgate.fixture.Lane#all";

	private static final String FRONTS = "io.switchgate.fixture.Lane#fronts";

	private static final String VERSIONS = "io.switchgate.fixture.Lane#versions";

	private static final int[] CODES = { 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012,
			1013, 1014, 1015, 3000, 4001, 4999 };

	private static final byte[] MESSAGE = Frame.text("last message").bytes();

	private static final byte[] ANSWER = Frame.text("answer").bytes();

	private static final byte[] MUCH = Frame.binary(new byte[8 * 1024 * 1024]).bytes();

	@ParameterizedTest
	@MethodSource(VERSIONS)
	void passesCloseCodesUnchanged(Lane lane) {
		for (int code : CODES) {
			try (Lane.Ends ends = lane.open()) {
				ends.client().send(Frame.close(code, "reason of " + code).mask().bytes());
				assertClose(ends.upstream().frame(), code);
				ends.upstream().send(Frame.close(code, "reason of " + code).bytes());
				assertClose(ends.client().frame(), code);
			}
		}
	}

	private static void assertClose(Frame close, int code) {
		assertThat(close.isClose()).isTrue();
		assertThat(close.code()).isEqualTo(code);
		assertThat(close.reason()).isEqualTo("reason of " + code);
	}

	@ParameterizedTest
	@MethodSource(VERSIONS)
	void passesAnEmptyCloseUnchanged(Lane lane) {
		try (Lane.Ends ends = lane.open()) {
			ends.upstream().send(new byte[] { (byte) 0x88, 0 });
			assertThat(ends.client().read(2)).containsExactly(0x88, 0);
		}
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void relaysAFinOfTheClientBehindItsLastByteAndAnAnswerBack(Lane lane) {
		try (Lane.Ends ends = lane.open()) {
			assertAnswerAfterFin(ends.client(), ends.upstream());
		}
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void relaysAFinOfTheUpstreamBehindItsLastByteAndAnAnswerBack(Lane lane) {
		try (Lane.Ends ends = lane.open()) {
			assertAnswerAfterFin(ends.upstream(), ends.client());
		}
	}

	private static void assertAnswerAfterFin(Wire first, Wire second) {
		first.send(MESSAGE);
		first.fin();
		assertThat(second.rest()).isEqualTo(MESSAGE);
		second.send(ANSWER);
		second.fin();
		assertThat(first.rest()).isEqualTo(ANSWER);
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void relaysMoreThanBuffersHoldToAClientThatHasEnded(Lane lane) {
		try (Lane.Ends ends = lane.open()) {
			assertMuchAfterFin(ends.client(), ends.upstream());
		}
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void relaysMoreThanBuffersHoldToAnUpstreamThatHasEnded(Lane lane) {
		try (Lane.Ends ends = lane.open()) {
			assertMuchAfterFin(ends.upstream(), ends.client());
		}
	}

	private static void assertMuchAfterFin(Wire first, Wire second) {
		first.fin();
		assertThat(second.rest()).isEmpty();
		CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
			second.send(MUCH);
			second.fin();
		});
		assertThat(first.rest()).isEqualTo(MUCH);
		sent.join();
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void relaysAFinThatComesWithTheUpstreamsAnswer(Lane lane) {
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request(lane.path()));
			try (Wire upstream = lane.upstream().accept()) {
				upstream.send(Handshakes.switched(upstream.head())).send(MESSAGE);
				upstream.fin();
				assertThat(client.head()).startsWith("HTTP/1.1 101 ");
				assertThat(client.rest()).isEqualTo(MESSAGE);
				client.fin();
				upstream.awaitEnd();
			}
		}
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void endsBothSidesWhenTheClientResets(Lane lane) {
		try (Lane.Ends ends = lane.open()) {
			ends.client().send(MESSAGE);
			ends.client().reset();
			ends.upstream().awaitEnd();
		}
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void endsBothSidesWhenTheUpstreamResets(Lane lane) {
		try (Lane.Ends ends = lane.open()) {
			ends.upstream().send(MESSAGE);
			ends.upstream().reset();
			ends.client().awaitEnd();
		}
	}

	@ParameterizedTest
	@MethodSource(FRONTS)
	void boundsTheTimeOfTheOpenDirectionAfterAFin(Front front) {
		try (ScriptedUpstream upstreams = ScriptedUpstream.start();
				Gateway gateway = Gateway.with()
					.front(front)
					.route("chat", upstreams.uri())
					.property("switchgate.tunnel.half-close-timeout", "100ms")
					.start();
				Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = upstreams.accept()) {
				upstream.send(Handshakes.switched(upstream.head()));
				client.head();
				upstream.fin();
				assertThat(client.rest()).isEmpty();
				// The client never sends its own FIN: the gateway does.
				upstream.awaitEnd();
				client.awaitEnd();
			}
		}
	}

	@ParameterizedTest
	@MethodSource(FRONTS)
	void letsAnAnswerTakeItsTimeAsLongAsItGoesOn(Front front) {
		try (ScriptedUpstream upstreams = ScriptedUpstream.start();
				Gateway gateway = Gateway.with()
					.front(front)
					.route("chat", upstreams.uri())
					.property("switchgate.tunnel.half-close-timeout", "1s")
					.start();
				Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = upstreams.accept()) {
				upstream.send(Handshakes.switched(upstream.head()));
				client.head();
				upstream.fin();
				assertThat(client.rest()).isEmpty();
				long began = System.nanoTime();
				while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(2)) {
					client.send(MESSAGE);
					assertThat(upstream.read(MESSAGE.length)).isEqualTo(MESSAGE);
				}
			}
		}
	}

}
