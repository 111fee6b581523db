package io.switchgate.bench.traffic;

import io.netty.buffer.ByteBuf;

/**
 * Head of a frame (RFC 6455, section 5.2), which may arrive in pieces.
 */
final class FrameHead {

	static final int FIN = 0x80;

	static final int BINARY = 0x82;

	static final int CLOSE = 0x88;

	static final int PING = 0x89;

	static final int PONG = 0x8A;

	static final int MAX_LENGTH = 14;

	private static final int CONTROL = 0x08;

	private static final int MASKED = 0x80;

	private static final int LENGTH = 0x7F;

	private static final int TWO_BYTES = 126;

	private static final int EIGHT_BYTES = 127;

	private final byte[] bytes = new byte[MAX_LENGTH];

	private int length;

	/**
	 * Takes bytes of a head.
	 * @return whether it is complete
	 */
	boolean read(ByteBuf in) {
		while (in.isReadable()) {
			this.bytes[this.length++] = in.readByte();
			if (this.length >= 2 && this.length == 2 + lengthBytes() + (isMasked() ? Integer.BYTES : 0)) {
				return true;
			}
		}
		return false;
	}

	private int lengthBytes() {
		return switch (this.bytes[1] & LENGTH) {
			case TWO_BYTES -> Short.BYTES;
			case EIGHT_BYTES -> Long.BYTES;
			default -> 0;
		};
	}

	/**
	 * Makes room for the next one.
	 */
	void clear() {
		this.length = 0;
	}

	int first() {
		return this.bytes[0] & 0xFF;
	}

	boolean isLast() {
		return (first() & FIN) != 0;
	}

	boolean isControl() {
		return (first() & CONTROL) != 0;
	}

	boolean isMasked() {
		return (this.bytes[1] & MASKED) != 0;
	}

	int mask() {
		return (int) number(2 + lengthBytes(), Integer.BYTES);
	}

	long payload() {
		int bytes = lengthBytes();
		return (bytes == 0) ? this.bytes[1] & LENGTH : number(2, bytes);
	}

	private long number(int index, int bytes) {
		long number = 0;
		for (int i = index; i < index + bytes; i++) {
			number = (number << Byte.SIZE) | (this.bytes[i] & 0xFF);
		}
		return number;
	}

	static void write(ByteBuf out, int first, long payload) {
		write(out, first, payload, 0);
	}

	static void writeMasked(ByteBuf out, int first, long payload, int mask) {
		write(out, first, payload, MASKED);
		out.writeInt(mask);
	}

	private static void write(ByteBuf out, int first, long payload, int masked) {
		out.writeByte(first);
		if (payload < TWO_BYTES) {
			out.writeByte(masked | (int) payload);
		}
		else if (payload <= 0xFFFF) {
			out.writeByte(masked | TWO_BYTES).writeShort((int) payload);
		}
		else {
			out.writeByte(masked | EIGHT_BYTES).writeLong(payload);
		}
	}

}
