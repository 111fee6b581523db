package io.switchgate.tunnel;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Frame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of frames that are counted while they pass, in whatever pieces they come.
 */
class FrameWatchTests {

	private static final int ROUNDS = 2_000;

	private static final int TEXT = 1;

	private static final int BINARY = 2;

	private static final int PING = 9;

	private final FrameWatch watch = new FrameWatch();

	private final RecordingSink sink = new RecordingSink();

	private FrameWatchTests read(byte[] bytes) {
		this.watch.read(Unpooled.wrappedBuffer(bytes), this.sink);
		return this;
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			joined.writeBytes(part);
		}
		return joined.toByteArray();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 127, 128, 65535, 65536, 200_000 })
	void knowsWhereAFrameOfAnyLengthEnds(int length) {
		byte[] bytes = join(Frame.binary(new byte[length]).bytes(), Frame.binary(new byte[length]).mask().bytes(),
				Frame.text("x").bytes());
		read(bytes);
		assertThat(this.sink.counts().frames(BINARY)).isEqualTo(2);
		assertThat(this.sink.counts().frames(TEXT)).isOne();
		assertThat(this.sink.counts().messages()).isEqualTo(3);
		assertThat(this.sink.passed()).isEqualTo(bytes);
	}

	@Test
	void countsAMessageOnceHoweverManyFragmentsItHas() {
		read(join(new Frame(0x01, true, new byte[3]).bytes(), new Frame(0x89, true, new byte[5]).bytes(),
				new Frame(0x00, true, new byte[300]).bytes(), new Frame(0x80, true, new byte[0]).bytes()));
		assertThat(this.sink.counts().messages()).isOne();
		assertThat(this.sink.counts().frames(0)).isEqualTo(2);
		assertThat(this.sink.counts().frames(TEXT)).isOne();
		assertThat(this.sink.counts().frames(PING)).isOne();
	}

	@Test
	void passesTheFirstBytesOfAPayload() {
		byte[] longest = { (byte) 0x82, 127, 0x7f, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3 };
		read(longest);
		assertThat(this.sink.passed()).isEqualTo(longest);
		read(new byte[] { 4, 5 });
		assertThat(this.sink.passed().length).isEqualTo(longest.length + 2);
		assertThat(this.sink.counts().frames(BINARY)).isOne();
	}

	@Test
	void readsTheCodeOfTheFirstCloseFrame() {
		assertThat(new FrameWatchTests().read(Frame.close(4001, "why").bytes()).sink.closeCode()).isEqualTo(4001);
		assertThat(new FrameWatchTests().read(Frame.close(1000, "").mask().bytes()).sink.closeCode()).isEqualTo(1000);
		assertThat(new FrameWatchTests().read(new byte[] { (byte) 0x88, 0 }).sink.closeCode()).isEqualTo(1005);
		read(join(Frame.close(1001, "").bytes(), Frame.close(1002, "").bytes()));
		assertThat(this.sink.closeCode()).isEqualTo(1001);
	}

	@Test
	void holdsAControlFrameUntilItIsComplete() {
		byte[] ping = new Frame(0x89, true, new byte[125]).bytes();
		read(Arrays.copyOf(ping, ping.length - 1));
		assertThat(this.sink.passed().length).isZero();
		read(new byte[] { ping[ping.length - 1] });
		assertThat(this.sink.passed()).isEqualTo(ping);
	}

	@Test
	void passesHeldBytesAtTheEndOfTheStream() {
		byte[] half = { (byte) 0x81, 126, 1 };
		read(half);
		assertThat(this.sink.passed().length).isZero();
		this.watch.end(this.sink);
		this.watch.end(this.sink);
		assertThat(this.sink.passed()).isEqualTo(half);
	}

	@ParameterizedTest
	@ValueSource(strings = { "887f0000000000000001aa", "09020000" })
	void findsFramesBehindAnInvalidControlFrame(String hex) {
		byte[] bytes = join(Frame.text("x").bytes(), ByteBufUtil.decodeHexDump(hex), Frame.text("y").bytes());
		readByteByByte(bytes);
		assertThat(this.sink.passed()).isEqualTo(bytes);
		assertThat(this.sink.counts().messages()).isEqualTo(2);
		assertThat(this.sink.closeCode()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "827fffffffffffffffff", "887f8000000000000000" })
	void passesEverythingBehindAnInvalidLength(String hex) {
		byte[] bytes = join(Frame.text("x").bytes(), ByteBufUtil.decodeHexDump(hex), Frame.text("y").bytes());
		readByteByByte(bytes);
		assertThat(this.sink.passed()).isEqualTo(bytes);
		assertThat(this.sink.counts().messages()).isOne();
		assertThat(this.watch.isBetweenFrames()).isFalse();
	}

	private void readByteByByte(byte[] bytes) {
		for (byte b : bytes) {
			read(new byte[] { b });
		}
	}

	@Test
	void passesTheBytesBeforeARefusedFrame() {
		byte[] before = join(Frame.text("x").bytes(), new Frame(0x89, true, new byte[3]).bytes());
		byte[] refused = Frame.binary(new byte[300]).bytes();
		byte[] after = Frame.text("y").bytes();
		byte[] all = join(before, refused, after);
		for (int split = 0; split <= all.length; split++) {
			FrameWatchTests test = new FrameWatchTests();
			test.sink.refuse((header, length) -> header.opcode() == BINARY);
			test.read(Arrays.copyOf(all, split)).read(Arrays.copyOfRange(all, split, all.length));
			assertThat(test.sink.passedBeforeWithheld()).as("split at %d", split).isEqualTo(before);
		}
	}

	@Test
	void reportsACloseFrameAfterItHasPassedAndReadsNoFramesBehindIt() {
		byte[] close = join(Frame.text("x").bytes(), Frame.close(1000, "").mask().bytes());
		byte[] all = join(close, Frame.text("y").bytes(), Frame.close(1001, "").mask().bytes());
		for (int split = 0; split <= all.length; split++) {
			FrameWatchTests test = new FrameWatchTests();
			test.read(Arrays.copyOf(all, split)).read(Arrays.copyOfRange(all, split, all.length));
			assertThat(test.sink.passedAtClose()).as("split at %d", split).isEqualTo(close);
			assertThat(test.sink.passed()).isEqualTo(all);
			assertThat(test.sink.counts().messages()).isOne();
			assertThat(test.watch.isClosed()).isTrue();
			assertThat(test.watch.isBetweenFrames()).isFalse();
		}
	}

	@Test
	void removesSwallowedControlFrames() {
		byte[] before = Frame.text("x").bytes();
		byte[] pong = new Frame(0x8A, true, new byte[8]).bytes();
		byte[] after = Frame.text("y").bytes();
		byte[] all = join(before, pong, after);
		for (int split = 0; split <= all.length; split++) {
			FrameWatchTests test = new FrameWatchTests();
			test.sink.swallowPongs();
			test.read(Arrays.copyOf(all, split)).read(Arrays.copyOfRange(all, split, all.length));
			assertThat(test.sink.passed()).as("split at %d", split).isEqualTo(join(before, after));
			assertThat(test.sink.passedBeforeWithheld()).as("split at %d", split).isEqualTo(before);
		}
	}

	@Test
	void knowsWhereMessagesAndFramesEnd() {
		byte[] first = new Frame(0x01, false, new byte[2]).bytes();
		assertBetween(true, true);
		read(Arrays.copyOf(first, 3));
		assertBetween(false, false);
		read(new byte[1]);
		assertBetween(true, false);
		read(new Frame(0x89, false, new byte[1]).bytes());
		assertBetween(true, false);
		read(new Frame(0x80, false, new byte[0]).bytes());
		assertBetween(true, true);
	}

	private void assertBetween(boolean frames, boolean messages) {
		assertThat(this.watch.isBetweenFrames()).isEqualTo(frames);
		assertThat(this.watch.isBetweenMessages()).isEqualTo(messages);
	}

	@Test
	void countsTheSameHoweverTheStreamIsSplit() {
		for (int seed = 0; seed < ROUNDS; seed++) {
			Random random = new Random(seed);
			byte[] stream = stream(random);
			FrameWatchTests whole = new FrameWatchTests().read(stream);
			whole.watch.end(whole.sink);
			FrameWatchTests pieces = new FrameWatchTests();
			for (int start = 0; start < stream.length;) {
				int end = Math.min(stream.length, start + 1 + random.nextInt(1 << random.nextInt(10)));
				pieces.read(Arrays.copyOfRange(stream, start, end));
				start = end;
			}
			pieces.watch.end(pieces.sink);
			assertThat(pieces.sink.passed()).as("seed %d", seed).isEqualTo(whole.sink.passed()).isEqualTo(stream);
			assertThat(pieces.sink.frames()).as("seed %d", seed).isEqualTo(whole.sink.frames());
			assertThat(pieces.sink.closeCode()).isEqualTo(whole.sink.closeCode());
		}
	}

	/**
	 * Returns random frames of all kinds and lengths, some of them with nonsense behind
	 * them.
	 */
	private static byte[] stream(Random random) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		for (int left = random.nextInt(20); left > 0; left--) {
			boolean control = random.nextBoolean();
			int first = control ? 0x88 + random.nextInt(3) : random.nextInt(2) * 0x80 + random.nextInt(3);
			int length = control ? random.nextInt(126) : random.nextInt(1 << random.nextInt(17));
			stream.writeBytes(new Frame(first, random.nextBoolean(), new byte[length]).bytes());
		}
		if (random.nextInt(3) == 0) {
			byte[] nonsense = new byte[random.nextInt(40)];
			random.nextBytes(nonsense);
			stream.writeBytes(nonsense);
		}
		return stream.toByteArray();
	}

}
