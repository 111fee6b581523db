package io.switchgate.tunnel;

import org.jspecify.annotations.Nullable;

import io.switchgate.websocket.FrameHeader;

/**
 * Frames of one batch of bytes, and the messages that they ended.
 */
final class FrameCounts {

	private static final int OPCODES = 16;

	/**
	 * Idle tunnels have none.
	 */
	private int @Nullable [] frames;

	private int messages;

	void add(FrameHeader header) {
		if (this.frames == null) {
			this.frames = new int[OPCODES];
		}
		this.frames[header.opcode()]++;
		if (!header.isControl() && header.isFinal()) {
			this.messages++;
		}
	}

	void reset() {
		this.frames = null;
		this.messages = 0;
	}

	/**
	 * Returns how many frames of one kind began.
	 * @param opcode kind of frame, 0 to 15
	 * @return count
	 */
	int frames(int opcode) {
		return (this.frames != null) ? this.frames[opcode] : 0;
	}

	/**
	 * Returns how many messages of data ended, or went as one frame whose end is still to
	 * come.
	 * @return count
	 */
	int messages() {
		return this.messages;
	}

}
