package io.switchgate.tunnel;

import org.jspecify.annotations.Nullable;

import io.switchgate.websocket.FrameHeader;

/**
 * Counts of frames and messages.
 */
final class FrameCounts {

	private static final int OPCODES = 16;

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
	 * Returns the number of frames that began.
	 * @param opcode kind of the frames, 0 to 15
	 */
	int frames(int opcode) {
		return (this.frames != null) ? this.frames[opcode] : 0;
	}

	/**
	 * Returns the number of messages whose final frame began.
	 */
	int messages() {
		return this.messages;
	}

}
