package io.switchgate.bench.traffic;

import io.netty.buffer.ByteBuf;

/**
 * What messages are made of: words of eight bytes that follow from the client and the
 * number of the message, so that each byte of an echo is known beforehand.
 */
final class Payload {

	private static final int MESSAGE_BITS = 40;

	private static final long STEP = 0x9E3779B97F4A7C15L;

	private static final long SPREAD = 0xD1B54A32D192ED03L;

	private Payload() {
	}

	/**
	 * Returns the name of a message, which is its first word.
	 */
	static long name(int client, long message) {
		return ((long) client << MESSAGE_BITS) | message;
	}

	static String describe(long name) {
		return "message " + (name & ((1L << MESSAGE_BITS) - 1)) + " of client " + (name >>> MESSAGE_BITS);
	}

	static long word(long name, int index) {
		return (index == 0) ? name : (name + index * STEP) * SPREAD;
	}

	static byte byteAt(long name, int position) {
		return (byte) (word(name, position / Long.BYTES) >>> (Long.SIZE - Byte.SIZE * (1 + position % Long.BYTES)));
	}

	/**
	 * Writes the whole payload.
	 * @param size its bytes, a multiple of eight
	 * @param mask masking key (RFC 6455, section 5.3)
	 */
	static void write(ByteBuf out, long name, int size, int mask) {
		long longMask = Mask.twice(mask);
		for (int i = 0; i < size / Long.BYTES; i++) {
			out.writeLong(word(name, i) ^ longMask);
		}
	}

}
