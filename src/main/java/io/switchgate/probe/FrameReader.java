package io.switchgate.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.switchgate.websocket.FrameHeader;
import io.switchgate.websocket.Opcode;

/**
 * Reads frames from a server (RFC 6455, section 5). It keeps only the start of each
 * message.
 */
final class FrameReader {

	private static final int KEPT = 1024;

	private static final int NO_CODE = 1005;

	private static final int NO_CLOSE = 1006;

	private static final int PROTOCOL_ERROR = 1002;

	private static final int RESERVED_BIT_1 = 0x40;

	private final InputStream in;

	/**
	 * Whether an extension may use the reserved bits.
	 */
	private final boolean extended;

	FrameReader(InputStream in, boolean extended) {
		this.in = in;
		this.extended = extended;
	}

	/**
	 * Reads up to the end of the next message or control frame, or to the end of the
	 * connection.
	 */
	Incoming next() {
		try {
			FrameHeader frame = header();
			return frame.isControl() ? control(frame) : message(frame);
		}
		catch (BrokenFrame ex) {
			return Incoming.end(Incoming.Kind.BROKEN, PROTOCOL_ERROR, String.valueOf(ex.getMessage()));
		}
		catch (EOFException ex) {
			return Incoming.end(Incoming.Kind.FIN, NO_CLOSE, "");
		}
		catch (IOException ex) {
			return Incoming.end(Incoming.Kind.RESET, NO_CLOSE, Connection.reason(ex));
		}
	}

	private FrameHeader header() throws IOException {
		byte[] start = read(FrameHeader.START);
		FrameHeader frame = new FrameHeader(start[0] & 0xFF, start[1] & 0xFF);
		if (frame.isMasked()) {
			throw new BrokenFrame("a masked frame of a server");
		}
		if (frame.isReserved() && !this.extended) {
			throw new BrokenFrame("a frame with reserved bits, and no extension");
		}
		if (Opcode.isReserved(frame.opcode())) {
			throw new BrokenFrame("a frame with opcode " + frame.opcode());
		}
		if (frame.isBrokenControl()) {
			throw new BrokenFrame("a control frame in pieces, or with more than 125 bytes");
		}
		return frame;
	}

	private Incoming control(FrameHeader frame) throws IOException {
		byte[] payload = read(frame.shortLength());
		if (frame.opcode() != Opcode.CLOSE) {
			return Incoming.of((frame.opcode() == Opcode.PING) ? Incoming.Kind.PING : Incoming.Kind.PONG, payload);
		}
		if (payload.length < Short.BYTES) {
			return Incoming.end(Incoming.Kind.CLOSE, NO_CODE, "");
		}
		return Incoming.end(Incoming.Kind.CLOSE, ByteBuffer.wrap(payload).getShort() & 0xFFFF,
				new String(payload, Short.BYTES, payload.length - Short.BYTES, StandardCharsets.UTF_8));
	}

	/**
	 * Reads the rest of a message. Pings and pongs between its frames are not answered,
	 * because the probe waits only a short time for a message.
	 */
	private Incoming message(FrameHeader first) throws IOException {
		if (first.opcode() == Opcode.CONTINUATION) {
			throw new BrokenFrame("a continuation of nothing");
		}
		byte[] kept = new byte[0];
		long length = 0;
		FrameHeader frame = first;
		while (true) {
			long size = length(frame);
			byte[] start = read((int) Math.min(size, KEPT - kept.length));
			kept = concat(kept, start);
			this.in.skipNBytes(size - start.length);
			length += size;
			if (frame.isFinal()) {
				return Incoming.message(describe(first, kept, length));
			}
			frame = header();
			while (frame.isControl()) {
				Incoming between = control(frame);
				if (between.kind() == Incoming.Kind.CLOSE) {
					return between;
				}
				frame = header();
			}
			if (frame.opcode() != Opcode.CONTINUATION) {
				throw new BrokenFrame("a new message within another");
			}
		}
	}

	private static String describe(FrameHeader first, byte[] kept, long length) {
		if ((first.first() & RESERVED_BIT_1) != 0) {
			return "compressed, " + length + " bytes";
		}
		if (first.opcode() == Opcode.BINARY) {
			return "binary, " + length + " bytes";
		}
		return new String(kept, StandardCharsets.UTF_8) + ((length > kept.length) ? "... (" + length + " bytes)" : "");
	}

	private long length(FrameHeader frame) throws IOException {
		if (frame.extendedLength() == 0) {
			return frame.shortLength();
		}
		ByteBuffer extended = ByteBuffer.wrap(read(frame.extendedLength()));
		long length = (extended.capacity() == Short.BYTES) ? extended.getShort() & 0xFFFF : extended.getLong();
		if (length < 0) {
			throw new BrokenFrame("a frame with more than 2^63 bytes");
		}
		return length;
	}

	private static byte[] concat(byte[] one, byte[] other) {
		byte[] both = Arrays.copyOf(one, one.length + other.length);
		System.arraycopy(other, 0, both, one.length, other.length);
		return both;
	}

	private byte[] read(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException();
		}
		return bytes;
	}

	/**
	 * The bytes are not a valid frame.
	 */
	private static final class BrokenFrame extends IOException {

		BrokenFrame(String message) {
			super(message);
		}

	}

}
