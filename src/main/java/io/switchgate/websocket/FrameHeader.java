package io.switchgate.websocket;

/**
 * What the first two bytes of a frame say (RFC 6455, section 5.2).
 *
 * @param first FIN, RSV bits and opcode
 * @param second mask bit and length, or what kind of length follows
 */
public record FrameHeader(int first, int second) {

	/**
	 * Bytes that tell how long the header is.
	 */
	public static final int START = 2;

	/**
	 * Bytes of the longest header.
	 */
	public static final int MAX_LENGTH = 14;

	/**
	 * Bytes of the longest payload of a control frame (RFC 6455, section 5.5).
	 */
	public static final int MAX_CONTROL_PAYLOAD = 125;

	private static final int MASK_LENGTH = 4;

	/**
	 * Returns whether this frame is the last one of its message.
	 */
	public boolean isFinal() {
		return (this.first & 0x80) != 0;
	}

	/**
	 * Returns whether a bit is set that only extensions give a meaning.
	 * @return whether RSV1, RSV2 or RSV3 is set
	 */
	public boolean isReserved() {
		return (this.first & 0x70) != 0;
	}

	/**
	 * Returns what kind of frame this is.
	 * @return 0 to 15
	 */
	public int opcode() {
		return this.first & 0x0F;
	}

	public boolean isControl() {
		return (this.first & 0x08) != 0;
	}

	public boolean isMasked() {
		return (this.second & 0x80) != 0;
	}

	/**
	 * Returns how many bytes the header has, with its mask.
	 * @return 2 to 14
	 */
	public int length() {
		return START + extendedLength() + (isMasked() ? MASK_LENGTH : 0);
	}

	/**
	 * Returns the length of the payload, or 126 or 127 if more bytes tell it.
	 * @return 0 to 127
	 */
	public int shortLength() {
		return this.second & 0x7F;
	}

	/**
	 * Returns how many more bytes tell the length of the payload.
	 * @return 0, 2 or 8
	 */
	public int extendedLength() {
		return switch (shortLength()) {
			case 126 -> 2;
			case 127 -> 8;
			default -> 0;
		};
	}

	/**
	 * Returns whether this is a control frame that RFC 6455, section 5.5, does not know:
	 * in pieces, or longer than 125 bytes.
	 * @return {@code true} if nobody can tell where it ends
	 */
	public boolean isBrokenControl() {
		return isControl() && (!isFinal() || shortLength() > MAX_CONTROL_PAYLOAD);
	}

	/**
	 * Returns a byte of a mask (RFC 6455, section 5.3).
	 * @param key mask
	 * @param index index of the byte of the payload that it belongs to
	 */
	public static int maskByte(int key, int index) {
		return (key >>> (24 - 8 * (index & 3))) & 0xFF;
	}

}
