package io.switchgate.gateway;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Causes;
import io.switchgate.fixture.CloseFrames;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.Wire;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelRegistry;
import io.switchgate.tunnel.TunnelSnapshot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pings of the gateway's own towards ends that are silent.
 */
class LivenessGatewayTests {

	private static final String LANES = "io.switchgate.fixture.Lane#all";

	private static final String VERSIONS = "io.switchgate.fixture.Lane#versions";

	private static final int PING = 0x89;

	private static final int PONG = 0x8A;

	private static TunnelSnapshot snapshot(Gateway gateway) {
		return CompletableFuture.supplyAsync(() -> gateway.bean(TunnelRegistry.class).ask(Tunnel::snapshot).block())
			.join()
			.stream()
			.filter((tunnel) -> tunnel.terms().route().startsWith("pinged"))
			.findFirst()
			.orElseThrow();
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void pingsASilentEndAndKeepsItsPong(Lane lane) {
		try (Lane.Ends ends = lane.open(Lane.Limited.PINGED)) {
			answerPing(ends.client(), false);
			answerPing(ends.upstream(), true);
			Awaitility.await().untilAsserted(() -> {
				assertThat(snapshot(lane.gateway()).client().roundTrip()).isPositive();
				assertThat(snapshot(lane.gateway()).upstream().roundTrip()).isPositive();
			});
			// Were a pong forwarded, it would come first.
			ends.client().send(Frame.text("from client").mask().bytes());
			assertThat(firstData(ends.upstream()).text()).isEqualTo("from client");
			ends.upstream().send(Frame.text("from upstream").bytes());
			assertThat(firstData(ends.client()).text()).isEqualTo("from upstream");
		}
	}

	private static void answerPing(Wire end, boolean masked) {
		Frame ping = end.frame();
		assertThat(ping.first()).isEqualTo(PING);
		assertThat(ping.masked()).isEqualTo(masked);
		end.send(new Frame(PONG, !masked, ping.payload()).bytes());
	}

	/**
	 * Skips further pings of the gateway, but nothing else.
	 */
	private static Frame firstData(Wire end) {
		Frame frame = end.frame();
		while (frame.first() == PING) {
			frame = end.frame();
		}
		return frame;
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void endsWithAClientThatDoesNotAnswer(Lane lane) {
		Causes cause = Causes.expect(lane.gateway(), "client-pong", 1001);
		try (Lane.Ends ends = lane.open(Lane.Limited.DEAD)) {
			CompletableFuture<Frame> told = CompletableFuture
				.supplyAsync(() -> answerUntilClose(ends.upstream(), true));
			CloseFrames.expect(told.join(), true, 1001, "No pong of the other end");
			CloseFrames.expect(firstData(ends.client()), false, 1001, "No pong of the other end");
		}
		cause.await();
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void endsWithAnUpstreamThatDoesNotAnswer(Lane lane) {
		Causes cause = Causes.expect(lane.gateway(), "upstream-pong", 1001);
		try (Lane.Ends ends = lane.open(Lane.Limited.DEAD)) {
			CompletableFuture<Frame> told = CompletableFuture.supplyAsync(() -> answerUntilClose(ends.client(), false));
			CloseFrames.expect(told.join(), false, 1001, "No pong of the other end");
			CloseFrames.expect(firstData(ends.upstream()), true, 1001, "No pong of the other end");
		}
		cause.await();
	}

	private static Frame answerUntilClose(Wire end, boolean masked) {
		Frame frame = end.frame();
		while (frame.first() == PING) {
			end.send(new Frame(PONG, !masked, frame.payload()).bytes());
			frame = end.frame();
		}
		return frame;
	}

	@ParameterizedTest
	@MethodSource(VERSIONS)
	void pingsOnlyBetweenFrames(Lane lane) {
		byte[] message = Frame.binary(new byte[1000]).bytes();
		try (Lane.Ends ends = lane.open(Lane.Limited.PINGED)) {
			ends.upstream().send(message, 0, 500);
			ends.client().read(500 - skipPings(ends.client()));
			// The upstream is silent as well, and its ping shows that the time has come.
			assertThat(ends.upstream().frame().first()).isEqualTo(PING);
			ends.upstream().send(message, 500, message.length - 500);
			assertThat(ends.client().read(message.length - 500)).containsOnly(0);
			answerPing(ends.client(), false);
		}
	}

	/**
	 * Skips pings before a message.
	 * @return bytes of the message that were read
	 */
	private static int skipPings(Wire end) {
		byte[] head = end.read(2);
		while ((head[0] & 0xFF) == PING) {
			end.read(head[1]);
			head = end.read(2);
		}
		return head.length;
	}

	@ParameterizedTest
	@MethodSource(VERSIONS)
	void leavesThePingsOfTheEndsToThem(Lane lane) {
		byte[] ping = new Frame(PING, true, "mine".getBytes(StandardCharsets.UTF_8)).bytes();
		byte[] pong = new Frame(PONG, false, new byte[8]).bytes();
		try (Lane.Ends ends = lane.open()) {
			ends.client().send(ping);
			assertThat(ends.upstream().read(ping.length)).isEqualTo(ping);
			ends.upstream().send(pong);
			assertThat(ends.client().read(pong.length)).isEqualTo(pong);
		}
	}

}
