package io.switchgate.tunnel;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Frame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Frames that are counted while they pass, in whatever pieces they come.
 */
class FrameWatchTests {

	private static final int ROUNDS = 2_000;

	private static final int TEXT = 1;

	private static final int BINARY = 2;

	private static final int PING = 9;

	private final FrameWatch watch = new FrameWatch();

	private final ByteArrayOutputStream passed = new ByteArrayOutputStream();

	private void pass(ByteBuf bytes) {
		this.passed.writeBytes(ByteBufUtil.getBytes(bytes));
		bytes.release();
	}

	private FrameWatchTests read(byte[] bytes) {
		this.watch.read(Unpooled.wrappedBuffer(bytes), this::pass);
		return this;
	}

	private List<Integer> frames() {
		List<Integer> frames = new ArrayList<>();
		for (int opcode = 0; opcode < 16; opcode++) {
			frames.add(this.watch.counts().frames(opcode));
		}
		return frames;
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
		assertThat(this.watch.counts().frames(BINARY)).isEqualTo(2);
		assertThat(this.watch.counts().frames(TEXT)).isOne();
		assertThat(this.watch.counts().messages()).isEqualTo(3);
		assertThat(this.passed.toByteArray()).isEqualTo(bytes);
	}

	@Test
	void countsAMessageOnceHoweverManyFragmentsItHas() {
		read(join(new Frame(0x01, true, new byte[3]).bytes(), new Frame(0x89, true, new byte[5]).bytes(),
				new Frame(0x00, true, new byte[300]).bytes(), new Frame(0x80, true, new byte[0]).bytes()));
		assertThat(this.watch.counts().messages()).isOne();
		assertThat(this.watch.counts().frames(0)).isEqualTo(2);
		assertThat(this.watch.counts().frames(TEXT)).isOne();
		assertThat(this.watch.counts().frames(PING)).isOne();
	}

	@Test
	void passesPayloadsThatAreNotThereYet() {
		byte[] longest = { (byte) 0x82, 127, 0x7f, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3 };
		read(longest);
		assertThat(this.passed.toByteArray()).isEqualTo(longest);
		read(new byte[] { 4, 5 });
		assertThat(this.passed.size()).isEqualTo(longest.length + 2);
		assertThat(this.watch.counts().frames(BINARY)).isOne();
	}

	@Test
	void readsTheCodeOfTheFirstCloseFrame() {
		assertThat(new FrameWatchTests().read(Frame.close(4001, "why").bytes()).watch.closeCode()).isEqualTo(4001);
		assertThat(new FrameWatchTests().read(Frame.close(1000, "").mask().bytes()).watch.closeCode()).isEqualTo(1000);
		assertThat(new FrameWatchTests().read(new byte[] { (byte) 0x88, 0 }).watch.closeCode()).isEqualTo(1005);
		read(join(Frame.close(1001, "").bytes(), Frame.close(1002, "").bytes()));
		assertThat(this.watch.closeCode()).isEqualTo(1001);
	}

	@Test
	void holdsAControlFrameUntilItIsComplete() {
		byte[] ping = new Frame(0x89, true, new byte[125]).bytes();
		read(Arrays.copyOf(ping, ping.length - 1));
		assertThat(this.passed.size()).isZero();
		read(new byte[] { ping[ping.length - 1] });
		assertThat(this.passed.toByteArray()).isEqualTo(ping);
	}

	@Test
	void handsOnWhatIsHeldWhenNothingMoreComes() {
		byte[] half = { (byte) 0x81, 126, 1 };
		read(half);
		assertThat(this.passed.size()).isZero();
		this.watch.end(this::pass);
		this.watch.end(this::pass);
		assertThat(this.passed.toByteArray()).isEqualTo(half);
	}

	@ParameterizedTest
	@ValueSource(strings = { "897e0000", "09020000", "887f0000000000000001", "827fffffffffffffffff" })
	void passesWhatIsNoFrameAndStopsCounting(String hex) {
		byte[] bytes = join(Frame.text("x").bytes(), ByteBufUtil.decodeHexDump(hex), Frame.text("y").bytes());
		for (byte b : bytes) {
			read(new byte[] { b });
		}
		assertThat(this.passed.toByteArray()).isEqualTo(bytes);
		assertThat(this.watch.counts().messages()).isOne();
		assertThat(this.watch.closeCode()).isZero();
	}

	@Test
	void countsTheSameInWhateverPiecesTheStreamComes() {
		for (int seed = 0; seed < ROUNDS; seed++) {
			Random random = new Random(seed);
			byte[] stream = stream(random);
			FrameWatchTests whole = new FrameWatchTests().read(stream);
			whole.watch.end(whole::pass);
			FrameWatchTests pieces = new FrameWatchTests();
			for (int start = 0; start < stream.length;) {
				int end = Math.min(stream.length, start + 1 + random.nextInt(1 << random.nextInt(10)));
				pieces.read(Arrays.copyOfRange(stream, start, end));
				start = end;
			}
			pieces.watch.end(pieces::pass);
			assertThat(pieces.passed.toByteArray()).as("seed %d", seed)
				.isEqualTo(whole.passed.toByteArray())
				.isEqualTo(stream);
			assertThat(pieces.frames()).as("seed %d", seed).isEqualTo(whole.frames());
			assertThat(pieces.watch.counts().messages()).isEqualTo(whole.watch.counts().messages());
			assertThat(pieces.watch.closeCode()).isEqualTo(whole.watch.closeCode());
		}
	}

	/**
	 * Returns frames of all kinds and lengths, and now and then nonsense at the end.
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
