package io.switchgate.bench.traffic;

import io.netty.buffer.ByteBuf;

/**
 * Masking keys (RFC 6455, section 5.3).
 */
final class Mask {

	private static final long LOW = 0xFFFFFFFFL;

	private Mask() {
	}

	static long twice(int key) {
		return ((long) key << Integer.SIZE) | (key & LOW);
	}

	/**
	 * Masks or unmasks bytes on their way from one buffer to another.
	 * @param key key whose first byte is for the first of these bytes
	 * @return key for the bytes behind them
	 */
	static int apply(ByteBuf in, ByteBuf out, int bytes, int key) {
		int left = bytes;
		for (long twice = twice(key); left >= Long.BYTES; left -= Long.BYTES) {
			out.writeLong(in.readLong() ^ twice);
		}
		int rest = key;
		for (; left > 0; left--) {
			out.writeByte(in.readByte() ^ (rest >>> (Integer.SIZE - Byte.SIZE)));
			rest = Integer.rotateLeft(rest, Byte.SIZE);
		}
		return rest;
	}

}
