package io.switchgate.tunnel;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import io.switchgate.websocket.FrameHeader;
import io.switchgate.websocket.Opcode;

/**
 * Sink that records the bytes that a watch passes, and counts the frames.
 */
final class RecordingSink implements FrameSink {

	private static final int OPCODES = 16;

	private final ByteArrayOutputStream passed = new ByteArrayOutputStream();

	private final FrameCounts counts = new FrameCounts();

	private BiPredicate<FrameHeader, Long> refused = (header, length) -> false;

	private boolean swallowing;

	private byte[] passedBeforeWithheld = {};

	private byte[] passedAtClose = {};

	private int closeCode;

	void refuse(BiPredicate<FrameHeader, Long> frames) {
		this.refused = frames;
	}

	void swallowPongs() {
		this.swallowing = true;
	}

	@Override
	public boolean admits(FrameHeader header, long length) {
		if (length >= 0) {
			this.counts.add(header);
		}
		return !this.refused.test(header, length);
	}

	@Override
	public boolean forwards(FrameHeader header, ByteBuf in, int payload) {
		if (header.opcode() == Opcode.CLOSE && this.closeCode == 0) {
			this.closeCode = FrameWatch.closeCode(header, in, payload);
		}
		return !this.swallowing || header.opcode() != Opcode.PONG;
	}

	@Override
	public void withheld() {
		this.passedBeforeWithheld = passed();
	}

	@Override
	public void closed() {
		this.passedAtClose = passed();
	}

	@Override
	public void pass(ByteBuf bytes) {
		this.passed.writeBytes(ByteBufUtil.getBytes(bytes));
		bytes.release();
	}

	byte[] passed() {
		return this.passed.toByteArray();
	}

	byte[] passedBeforeWithheld() {
		return this.passedBeforeWithheld;
	}

	byte[] passedAtClose() {
		return this.passedAtClose;
	}

	int closeCode() {
		return this.closeCode;
	}

	FrameCounts counts() {
		return this.counts;
	}

	/**
	 * Returns the number of frames by opcode, and the number of messages at the end.
	 */
	List<Integer> frames() {
		return Stream
			.concat(IntStream.range(0, OPCODES).mapToObj(this.counts::frames), Stream.of(this.counts.messages()))
			.toList();
	}

}
