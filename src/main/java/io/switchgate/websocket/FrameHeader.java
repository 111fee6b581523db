package io.switchgate.websocket;

/**
 * What the first two bytes of a frame say (RFC 6455, section 5.2).
 *
 * @param first FIN, RSV bits and opcode
 * @param second mask bit and length, or what kind of length follows
 */
public record FrameHeader(int first, int second) {

	/**
	 * Bytes from which the length of the header is known.
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
	 * Returns whether this is the last frame of its message, as its FIN bit tells.
	 */
	public boolean isFinal() {
		return (this.first & 0x80) != 0;
	}

	/**
	 * Returns whether a bit is set that has a meaning only with an extension.
	 * @return whether RSV1, RSV2 or RSV3 is set
	 */
	public boolean isReserved() {
		return (this.first & 0x70) != 0;
	}

	/**
	 * Returns the kind of this frame.
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
	 * Returns the length of the header in bytes, including its mask.
	 * @return 2 to 14
	 */
	public int length() {
		return START + extendedLength() + (isMasked() ? MASK_LENGTH : 0);
	}

	/**
	 * Returns the length of the payload, or 126 or 127 if further bytes have it.
	 * @return 0 to 127
	 */
	public int shortLength() {
		return this.second & 0x7F;
	}

	/**
	 * Returns how many further bytes have the length of the payload.
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
	 * Returns whether this is a control frame that RFC 6455, section 5.5, forbids:
	 * fragmented, or longer than 125 bytes.
	 * @return {@code true} if it is unknown where the frame ends
	 */
	public boolean isBrokenControl() {
		return isControl() && (!isFinal() || shortLength() > MAX_CONTROL_PAYLOAD);
	}

	/**
	 * Returns one byte of a mask (RFC 6455, section 5.3).
	 * @param key mask
	 * @param index index of the payload byte to which it belongs
	 */
	public static int maskByte(int key, int index) {
		return (key >>> (24 - 8 * (index & 3))) & 0xFF;
	}

}
