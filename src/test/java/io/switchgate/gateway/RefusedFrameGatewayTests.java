package io.switchgate.gateway;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Causes;
import io.switchgate.fixture.CloseFrames;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.Seeds;
import io.switchgate.fixture.Wire;
import io.switchgate.transport.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was sent before a frame that is refused arrives, in whatever segments it comes,
 * and what was sent first is what the tunnel ended with.
 */
class RefusedFrameGatewayTests {

	private static final int ROUNDS = 6;

	private static final String TOP_BIT = "Length with its top bit set";

	private static final String CONTROL = "Control frame in pieces or over 125 bytes";

	private static final byte[] HIDDEN = ByteBufUtil.decodeHexDump("82ffffffffffffffffff00000000");

	static Stream<Arguments> lanesAndEnds() {
		Stream<Lane> lanes = Stream.concat(Lane.transports(),
				Stream.of(new Lane(Transport.AUTO, Front.TLS, true), new Lane(Transport.AUTO, Front.H2C, false)));
		return lanes.flatMap((lane) -> Stream.of(true, false).map((client) -> Arguments.of(lane, client)));
	}

	@ParameterizedTest
	@MethodSource("lanesAndEnds")
	void deliversEverythingBeforeAFrameThatIsRefused(Lane lane, boolean client) {
		Causes cause = Causes.expect(lane.gateway(), client ? "client-protocol" : "upstream-protocol", 1002);
		Seeds.forEach(ROUNDS, (random) -> {
			try (Lane.Ends ends = random.nextBoolean() ? lane.open() : lane.open(Lane.Limited.STRICT)) {
				Wire from = client ? ends.client() : ends.upstream();
				Wire to = client ? ends.upstream() : ends.client();
				byte[] valid = valid(random, client);
				boolean control = random.nextBoolean();
				CompletableFuture<Void> sent = send(from, join(valid, control ? brokenControl(client) : HIDDEN),
						random);
				assertThat(to.read(valid.length)).isEqualTo(valid);
				CloseFrames.expect(to.frame(), client, 1002, control ? CONTROL : TOP_BIT);
				to.send(close(1002, !client));
				CloseFrames.expect(from.frame(), !client, 1002, control ? CONTROL : TOP_BIT);
				assertThat(to.rest()).isEmpty();
				sent.join();
			}
		});
		cause.await();
	}

	@ParameterizedTest
	@MethodSource("lanesAndEnds")
	void deliversACloseFrameBeforeAFrameThatIsRefused(Lane lane, boolean client) {
		Causes cause = Causes.expect(lane.gateway(), client ? "client-close" : "upstream-close", 1003);
		Seeds.forEach(ROUNDS, (random) -> {
			try (Lane.Ends ends = random.nextBoolean() ? lane.open() : lane.open(Lane.Limited.STRICT)) {
				Wire from = client ? ends.client() : ends.upstream();
				Wire to = client ? ends.upstream() : ends.client();
				byte[] valid = join(valid(random, client), close(1003, client));
				byte[] behind = random.nextBoolean() ? HIDDEN : brokenControl(client);
				CompletableFuture<Void> sent = send(from, join(valid, behind), random);
				assertThat(to.read(valid.length)).isEqualTo(valid);
				to.send(close(1003, !client));
				to.fin();
				assertThat(from.frame().code()).isEqualTo(1003);
				sent.join();
				from.fin();
				assertThat(to.rest()).isEmpty();
				assertThat(from.rest()).isEmpty();
			}
		});
		cause.await();
	}

	/**
	 * The end that has said everything is told what the other one did wrong.
	 */
	@ParameterizedTest
	@MethodSource("lanesAndEnds")
	void deliversWhatCrossesACloseFrameBeforeAFrameThatIsRefused(Lane lane, boolean client) {
		Causes cause = Causes.expect(lane.gateway(), client ? "upstream-close" : "client-close", 1003);
		Seeds.forEach(ROUNDS / 2, (random) -> {
			try (Lane.Ends ends = lane.open()) {
				Wire from = client ? ends.client() : ends.upstream();
				Wire to = client ? ends.upstream() : ends.client();
				to.send(close(1003, !client));
				assertThat(from.frame().code()).isEqualTo(1003);
				byte[] valid = valid(random, client);
				CompletableFuture<Void> sent = send(from, join(valid, HIDDEN), random);
				assertThat(to.read(valid.length)).isEqualTo(valid);
				CloseFrames.expect(to.frame(), client, 1002, TOP_BIT);
				assertThat(to.rest()).isEmpty();
				sent.join();
				from.fin();
				assertThat(from.rest()).isEmpty();
			}
		});
		cause.await();
	}

	private static byte[] brokenControl(boolean client) {
		return new Frame(0x09, client, new byte[3]).bytes();
	}

	private static byte[] close(int code, boolean masked) {
		Frame close = Frame.close(code, "");
		return (masked ? close.mask() : close).bytes();
	}

	/**
	 * Messages, some in pieces, with pings between them.
	 */
	private static byte[] valid(Random random, boolean masked) {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		for (int left = random.nextInt(20); left > 0; left--) {
			int longest = (random.nextInt(8) == 0) ? 100_000 : 300;
			int fragments = random.nextInt(3);
			for (int i = 0; i <= fragments; i++) {
				int first = ((i == fragments) ? 0x80 : 0) | ((i == 0) ? 2 : 0);
				frames.writeBytes(new Frame(first, masked, new byte[random.nextInt(longest)]).bytes());
				if (random.nextInt(4) == 0) {
					frames.writeBytes(new Frame(0x89, masked, new byte[random.nextInt(126)]).bytes());
				}
			}
		}
		return frames.toByteArray();
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			joined.writeBytes(part);
		}
		return joined.toByteArray();
	}

	/**
	 * Sends all at once, or in segments of which the last ones are small.
	 */
	private static CompletableFuture<Void> send(Wire wire, byte[] all, Random random) {
		Random cuts = new Random(random.nextLong());
		int small = cuts.nextBoolean() ? all.length : 1 << cuts.nextInt(8);
		return CompletableFuture.runAsync(() -> {
			for (int sent = 0; sent < all.length;) {
				int longest = (sent < all.length - 200) ? 64 * 1024 : small;
				int length = Math.min(all.length - sent, 1 + cuts.nextInt(longest));
				wire.send(all, sent, length);
				sent += length;
			}
		});
	}

}
