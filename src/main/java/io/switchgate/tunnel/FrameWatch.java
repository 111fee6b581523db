package io.switchgate.tunnel;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.switchgate.websocket.FrameHeader;
import io.switchgate.websocket.Opcode;

/**
 * Reads the frame headers in one direction of a tunnel (RFC 6455, section 5.2) while the
 * bytes pass. Payloads of data frames are neither copied nor unmasked. Control frames,
 * and headers that are split between reads, are held until they are complete.
 *
 * <p>
 * After a length with its top bit set, or after a close frame, it no longer examines the
 * bytes. Nothing may follow a close frame (RFC 6455, section 5.5.1).
 */
final class FrameWatch {

	private static final int NO_CODE = 1005;

	private static final int LONGEST_HELD = FrameHeader.MAX_LENGTH + FrameHeader.MAX_CONTROL_PAYLOAD;

	private static final FrameHeader NONE = new FrameHeader(0, 0);

	private byte @Nullable [] held;

	private int heldBytes;

	private long payloadLeft;

	private boolean fragmented;

	private boolean blind;

	private boolean closed;

	/**
	 * Cached, because most frames begin like the frame before them.
	 */
	private FrameHeader last = NONE;

	/**
	 * Takes bytes that were read and passes on those that may pass.
	 * @param in bytes in the order of the stream, whose ownership this method takes
	 * @param out decides, and sooner or later receives the bytes
	 */
	void read(ByteBuf in, FrameSink out) {
		if (this.held != null && !completeHeld(this.held, in, out)) {
			in.release();
			return;
		}
		watch(in, out);
		if (in.isReadable()) {
			out.pass(in);
		}
		else {
			in.release();
		}
	}

	/**
	 * Passes on the held bytes of a frame whose rest will never arrive.
	 */
	void end(FrameSink out) {
		if (this.held != null) {
			out.pass(takeHeld(this.held));
		}
	}

	/**
	 * Returns whether the passed bytes end with a frame.
	 */
	boolean isBetweenFrames() {
		return this.payloadLeft == 0 && !this.blind;
	}

	/**
	 * Returns whether the passed bytes end with a message.
	 */
	boolean isBetweenMessages() {
		return isBetweenFrames() && !this.fragmented;
	}

	/**
	 * Returns whether a close frame has been seen.
	 */
	boolean isClosed() {
		return this.closed;
	}

	private void watch(ByteBuf in, FrameSink out) {
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
				hold(in, index);
				return;
			}
			frame(in, index, out);
			index += needed;
		}
	}

	/**
	 * Returns how many bytes the frame at an index needs before it can be handled, as far
	 * as the available ones tell.
	 */
	private int needed(ByteBuf in, int index, int available) {
		if (available < FrameHeader.START) {
			return FrameHeader.START;
		}
		FrameHeader header = header(in, index);
		return isHeld(header) ? header.length() + header.shortLength() : header.length();
	}

	/**
	 * Returns whether a frame is held until it is complete.
	 */
	private static boolean isHeld(FrameHeader header) {
		return header.isControl() && !header.isBrokenControl();
	}

	/**
	 * Handles a complete header, with the complete payload if it is a control frame.
	 */
	private void frame(ByteBuf in, int index, FrameSink out) {
		FrameHeader header = header(in, index);
		long length = payloadLength(in, index, header);
		if (!out.admits(header, length)) {
			passUpTo(in, index, out);
			out.withheld();
		}
		if (length < 0) {
			this.blind = true;
			return;
		}
		if (!isHeld(header)) {
			this.payloadLeft = length;
			this.fragmented = header.isControl() ? this.fragmented : !header.isFinal();
		}
		else {
			control(header, in, index, out);
		}
	}

	private void control(FrameHeader header, ByteBuf in, int index, FrameSink out) {
		int frame = header.length() + header.shortLength();
		boolean forwarded = out.forwards(header, in, index + header.length());
		boolean last = header.opcode() == Opcode.CLOSE;
		this.closed |= last;
		this.blind |= last;
		if (!forwarded) {
			passUpTo(in, index, out);
			in.skipBytes(frame);
			out.withheld();
		}
		else if (last) {
			passUpTo(in, index + frame, out);
			out.closed();
		}
	}

	private static void passUpTo(ByteBuf in, int index, FrameSink out) {
		if (index > in.readerIndex()) {
			out.pass(in.readRetainedSlice(index - in.readerIndex()));
		}
	}

	private FrameHeader header(ByteBuf in, int index) {
		int first = in.getUnsignedByte(index);
		int second = in.getUnsignedByte(index + 1);
		if (this.last.first() != first || this.last.second() != second) {
			this.last = new FrameHeader(first, second);
		}
		return this.last;
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
	 * Returns the code of a close frame, 1005 if it has none (RFC 6455, sections 5.5.1
	 * and 7.1.5).
	 */
	static int closeCode(FrameHeader header, ByteBuf in, int payload) {
		if (header.shortLength() < Short.BYTES) {
			return NO_CODE;
		}
		int mask = header.isMasked() ? in.getUnsignedShort(payload - Integer.BYTES) : 0;
		return in.getUnsignedShort(payload) ^ mask;
	}

	/**
	 * Returns the payload of a pong, or 0 if it cannot answer a ping of the gateway.
	 */
	static long pongPayload(FrameHeader header, ByteBuf in, int payload) {
		if (header.opcode() != Opcode.PONG || header.shortLength() != Long.BYTES) {
			return 0;
		}
		long mask = header.isMasked() ? in.getUnsignedInt(payload - Integer.BYTES) : 0;
		return in.getLong(payload) ^ (mask << Integer.SIZE | mask);
	}

	private void hold(ByteBuf in, int index) {
		this.held = new byte[LONGEST_HELD];
		this.heldBytes = in.writerIndex() - index;
		in.getBytes(index, this.held, 0, this.heldBytes);
		in.writerIndex(index);
	}

	/**
	 * Completes the held bytes and passes them on.
	 * @return {@code false} if some are still missing
	 */
	private boolean completeHeld(byte[] bytes, ByteBuf in, FrameSink out) {
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
		read(takeHeld(bytes), out);
		return true;
	}

	private ByteBuf takeHeld(byte[] bytes) {
		ByteBuf frame = Unpooled.wrappedBuffer(Arrays.copyOf(bytes, this.heldBytes));
		this.held = null;
		this.heldBytes = 0;
		return frame;
	}

}
