package io.switchgate.tunnel;

import java.util.Arrays;

import io.switchgate.websocket.FrameHeader;

/**
 * Frames of one batch of bytes, and the messages that they ended.
 */
public final class FrameCounts {

	private static final int OPCODES = 16;

	private final int[] frames = new int[OPCODES];

	private int total;

	private int messages;

	void add(FrameHeader header) {
		this.frames[header.opcode()]++;
		this.total++;
		if (!header.isControl() && header.isFinal()) {
			this.messages++;
		}
	}

	void reset() {
		if (this.total > 0) {
			Arrays.fill(this.frames, 0);
			this.total = 0;
			this.messages = 0;
		}
	}

	/**
	 * Returns how many frames of one kind began.
	 * @param opcode kind of frame, 0 to 15
	 * @return count
	 */
	public int frames(int opcode) {
		return this.frames[opcode];
	}

	/**
	 * Returns how many messages of data ended, or went as one frame whose end is still to
	 * come.
	 * @return count
	 */
	public int messages() {
		return this.messages;
	}

}
