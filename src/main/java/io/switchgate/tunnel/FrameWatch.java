package io.switchgate.tunnel;

import java.util.Arrays;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.switchgate.websocket.FrameHeader;

/**
 * Reads the frame headers in one direction of a tunnel (RFC 6455, section 5.2) while the
 * bytes pass. Payloads of data frames are neither copied nor unmasked; headers that a
 * read has split, and control frames, are held until they are complete.
 *
 * <p>
 * What is no frame makes it blind: from there on everything passes uncounted.
 */
final class FrameWatch {

	private static final int CLOSE = 0x8;

	private static final int NO_CODE = 1005;

	private static final int LONGEST_HELD = FrameHeader.MAX_LENGTH + FrameHeader.MAX_CONTROL_PAYLOAD;

	private final FrameCounts counts = new FrameCounts();

	private byte @Nullable [] held;

	private int heldBytes;

	private long payloadLeft;

	private int closeCode;

	private boolean blind;

	/**
	 * Takes what was read and hands on what may pass.
	 * @param in bytes in the order of the stream, which are given away
	 * @param out receives the same bytes, sooner or later
	 */
	void read(ByteBuf in, Consumer<ByteBuf> out) {
		if (this.held != null && !completeHeld(in, out)) {
			in.release();
			return;
		}
		int passing = watch(in);
		if (passing < in.writerIndex()) {
			hold(in, passing);
			in.writerIndex(passing);
		}
		if (in.isReadable()) {
			out.accept(in);
		}
		else {
			in.release();
		}
	}

	/**
	 * Hands on what is held although the rest of it will never come.
	 */
	void end(Consumer<ByteBuf> out) {
		if (this.held != null) {
			releaseHeld(this.held, out);
		}
	}

	/**
	 * Returns the code of the first close frame, 1005 if it has none (RFC 6455, section
	 * 7.1.5), or 0 if there was no close frame.
	 */
	int closeCode() {
		return this.closeCode;
	}

	FrameCounts counts() {
		return this.counts;
	}

	/**
	 * Returns the index up to which the bytes may pass.
	 */
	private int watch(ByteBuf in) {
		int index = in.readerIndex();
		while (index < in.writerIndex() && !this.blind) {
			int available = in.writerIndex() - index;
			if (this.payloadLeft > 0) {
				int part = (int) Math.min(this.payloadLeft, available);
				this.payloadLeft -= part;
				index += part;
				continue;
			}
			int needed = needed(in, index, available);
			if (needed > available) {
				return index;
			}
			if (!this.blind) {
				frame(in, index);
			}
			index += needed;
		}
		return in.writerIndex();
	}

	/**
	 * Returns how many bytes must be there to take the frame at an index, as far as those
	 * tell that are there.
	 */
	private int needed(ByteBuf in, int index, int available) {
		if (available < FrameHeader.START) {
			return FrameHeader.START;
		}
		FrameHeader header = header(in, index);
		if (header.isBrokenControl()) {
			this.blind = true;
			return available;
		}
		return header.isControl() ? header.length() + header.shortLength() : header.length();
	}

	/**
	 * Takes a header, and the payload of a control frame, that are there in full.
	 */
	private void frame(ByteBuf in, int index) {
		FrameHeader header = header(in, index);
		if (!header.isControl()) {
			long length = payloadLength(in, index, header);
			this.blind = length < 0;
			this.payloadLeft = length;
		}
		else if (header.opcode() == CLOSE && this.closeCode == 0) {
			this.closeCode = code(in, index, header);
		}
		if (!this.blind) {
			this.counts.add(header.opcode(), !header.isControl() && header.isFinal());
		}
	}

	private static FrameHeader header(ByteBuf in, int index) {
		return new FrameHeader(in.getUnsignedByte(index), in.getUnsignedByte(index + 1));
	}

	/**
	 * Returns the length, negative if its top bit is set.
	 */
	private static long payloadLength(ByteBuf in, int index, FrameHeader header) {
		return switch (header.extendedLength()) {
			case 2 -> in.getUnsignedShort(index + FrameHeader.START);
			case 8 -> in.getLong(index + FrameHeader.START);
			default -> header.shortLength();
		};
	}

	/**
	 * Returns the close code (RFC 6455, section 5.5.1).
	 */
	private static int code(ByteBuf in, int index, FrameHeader header) {
		if (header.shortLength() < Short.BYTES) {
			return NO_CODE;
		}
		int payload = index + header.length();
		int mask = header.isMasked() ? in.getUnsignedShort(payload - Integer.BYTES) : 0;
		return in.getUnsignedShort(payload) ^ mask;
	}

	private void hold(ByteBuf in, int index) {
		this.held = new byte[LONGEST_HELD];
		this.heldBytes = in.writerIndex() - index;
		in.getBytes(index, this.held, 0, this.heldBytes);
	}

	/**
	 * Completes what is held and hands it on.
	 * @return {@code false} if there is still something missing
	 */
	private boolean completeHeld(ByteBuf in, Consumer<ByteBuf> out) {
		byte[] bytes = this.held;
		if (bytes == null) {
			return true;
		}
		ByteBuf frame = Unpooled.wrappedBuffer(bytes);
		int needed = needed(frame, 0, this.heldBytes);
		while (needed > this.heldBytes) {
			int part = Math.min(needed - this.heldBytes, in.readableBytes());
			if (part == 0) {
				return false;
			}
			in.readBytes(bytes, this.heldBytes, part);
			this.heldBytes += part;
			needed = needed(frame, 0, this.heldBytes);
		}
		if (!this.blind) {
			frame(frame, 0);
		}
		releaseHeld(bytes, out);
		return true;
	}

	private void releaseHeld(byte[] bytes, Consumer<ByteBuf> out) {
		this.held = null;
		out.accept(Unpooled.wrappedBuffer(Arrays.copyOf(bytes, this.heldBytes)));
		this.heldBytes = 0;
	}

}
