package io.switchgate.gateway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Causes;
import io.switchgate.fixture.CloseFrames;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the ends of a tunnel may not do, and what both of them notice then.
 */
class TunnelLimitGatewayTests {

	private static final String LANES = "io.switchgate.fixture.Lane#all";

	private static final int MUCH = 4 * 1024 * 1024;

	@ParameterizedTest
	@MethodSource(LANES)
	void refusesAMessageOfTheClientBeforeAByteTooMuch(Lane lane) {
		Causes cause = Causes.expect(lane.gateway(), "client-message-size", 1009);
		try (Lane.Ends ends = lane.open(Lane.Limited.SIZED)) {
			ends.client().send(new Frame(0x01, true, new byte[600]).bytes());
			ends.client().send(new Frame(0x80, true, new byte[401]).bytes());
			assertThat(ends.upstream().frame().payload()).hasSize(600);
			ends.assertClosed(1009, "Message over 1000 bytes");
		}
		cause.await();
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void refusesAMessageOfTheUpstreamBeforeAByteTooMuch(Lane lane) {
		Causes cause = Causes.expect(lane.gateway(), "upstream-message-size", 1009);
		try (Lane.Ends ends = lane.open(Lane.Limited.SIZED)) {
			ends.upstream().send(Frame.binary(new byte[1000]).bytes());
			ends.upstream().send(Frame.binary(new byte[100_000]).bytes());
			assertThat(ends.client().frame().payload()).hasSize(1000);
			ends.assertClosed(1009, "Message over 1000 bytes");
		}
		cause.await();
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void endsWithAnEndThatSendsTooManyMessages(Lane lane) {
		Causes cause = Causes.expect(lane.gateway(), "client-rate", 1008);
		try (Lane.Ends ends = lane.open(Lane.Limited.RATED)) {
			byte[] message = Frame.text("x").mask().bytes();
			IntStream.range(0, 100).forEach((i) -> ends.client().send(message));
			CloseFrames.expect(ends.client().frame(), false, 1008, "Too many messages or bytes in a second");
		}
		cause.await();
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#transports")
	void readsAnEndLaterThatSendsTooManyBytes(Lane lane) {
		byte[] message = Frame.binary(new byte[2 * 1024 * 1024]).bytes();
		try (Lane.Ends ends = lane.open(Lane.Limited.SLOWED)) {
			long began = System.nanoTime();
			CompletableFuture<Void> sent = CompletableFuture
				.runAsync(() -> IntStream.range(0, 50).forEach((i) -> ends.upstream().send(message)));
			for (int received = 0; received < 50; received++) {
				assertThat(ends.client().read(message.length)).isEqualTo(message);
			}
			sent.join();
			// The first 100 KB, and what was read at once with the last ones, cost
			// nothing.
			assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
		}
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void endsWithAnEndThatFloodsTheOtherWithPings(Lane lane) {
		Causes cause = Causes.expect(lane.gateway(), "upstream-pings", 1008);
		try (Lane.Ends ends = lane.open()) {
			byte[] ping = new Frame(0x89, false, new byte[0]).bytes();
			IntStream.range(0, 1000).forEach((i) -> ends.upstream().send(ping));
			Frame frame = ends.client().frame();
			while (!frame.isClose()) {
				assertThat(frame.first()).isEqualTo(0x89);
				frame = ends.client().frame();
			}
			CloseFrames.expect(frame, false, 1008, "More than 100 pings in a second");
		}
		cause.await();
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#versions")
	void pingsAnEndAgainThatHasAnswered(Lane lane) {
		try (Lane.Ends ends = lane.open(Lane.Limited.PINGED)) {
			// Less than the time for an answer.
			ends.client().deadline(Duration.ofSeconds(10));
			for (int i = 0; i < 3; i++) {
				Frame ping = ends.client().frame();
				assertThat(ping.first()).isEqualTo(0x89);
				ends.client().send(new Frame(0x8a, true, ping.payload()).bytes());
			}
		}
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void endsATunnelThatIsIdle(Lane lane) {
		Causes cause = Causes.expect(lane.gateway(), "gateway-idle", 1001);
		try (Lane.Ends ends = lane.open(Lane.Limited.IDLE)) {
			ends.assertClosed(1001, "Idle for too long");
		}
		cause.await();
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void endsATunnelThatIsOld(Lane lane) {
		Causes cause = Causes.expect(lane.gateway(), "gateway-lifetime", 1001);
		try (Lane.Ends ends = lane.open(Lane.Limited.SHORT)) {
			byte[] message = Frame.text("x").bytes();
			Frame frame;
			do {
				ends.upstream().send(message);
				frame = ends.client().frame();
			}
			while (!frame.isClose());
			ends.client().send(Frame.close(1001, "").mask().bytes());
			CloseFrames.expect(ends.upstream().frame(), true, 1001, "Open for long enough");
		}
		cause.await();
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void endsWithAClientThatTakesNothing(Lane lane) {
		Causes cause = Causes.expect(lane.gateway(), "client-stall", 1001);
		try (Lane.Ends ends = lane.open(Lane.Limited.STALLED)) {
			ends.client().receiveBuffer(4096);
			stall(ends.upstream());
			CloseFrames.expect(ends.upstream().frame(), true, 1001, "The other end takes nothing");
		}
		cause.await();
	}

	@ParameterizedTest
	@MethodSource(LANES)
	void endsWithAnUpstreamThatTakesNothing(Lane lane) {
		Causes cause = Causes.expect(lane.gateway(), "upstream-stall", 1001);
		try (Lane.Ends ends = lane.open(Lane.Limited.STALLED)) {
			ends.upstream().receiveBuffer(4096);
			stall(ends.client());
			CloseFrames.expect(ends.client().frame(), false, 1001, "The other end takes nothing");
		}
		cause.await();
	}

	private static void stall(Wire writer) {
		Thread thread = new Thread(() -> writer.send(Frame.binary(new byte[MUCH]).bytes()), "writer");
		thread.setUncaughtExceptionHandler((failed, closed) -> {
		});
		thread.start();
	}

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#fronts")
	void opensNoMoreTunnelsThanTheRouteMayHave(Front front) {
		try (ScriptedUpstream upstreams = ScriptedUpstream.start();
				Gateway gateway = Gateway.with()
					.front(front)
					.route("few", upstreams.uri())
					.limits("open-tunnels", "1")
					.route("many", upstreams.uri())
					.property("switchgate.tunnel.open-tunnels", "2")
					.start()) {
			Lane.Ends first = Lane.Ends.open(gateway, "/few", upstreams);
			assertRefused(gateway, "/few");
			Lane.Ends second = Lane.Ends.open(gateway, "/many", upstreams);
			assertRefused(gateway, "/many");
			second.close();
			Causes cause = Causes.expect(gateway, "client-fin", 1006);
			first.client().fin();
			first.upstream().fin();
			cause.await();
			Lane.Ends.open(gateway, "/few", upstreams).close();
		}
	}

	private static void assertRefused(Gateway gateway, String path) {
		try (Wire client = gateway.connect()) {
			client.send(Handshakes.request(path));
			assertThat(ProblemAnswer.expect(client, 503, "problem:too-many-tunnels"))
				.containsIgnoringCase("\nRetry-After: ");
		}
	}

	@Test
	void stopsTheStartAtALimitThatIsNone() {
		assertThatThrownBy(() -> Gateway.with().route("chat", "http://localhost:1").limits("idle-time", "soon").start())
			.hasMessageContaining("TunnelLimits")
			.hasMessageContaining("soon");
		assertThatThrownBy(
				() -> Gateway.with().route("chat", "http://localhost:1").limits("lifetime-jitter", "200").start())
			.hasMessageContaining("route chat, filter TunnelLimits")
			.hasMessageContaining("lifetime-jitter: 200 (expected: 0 to 100)");
	}

}
