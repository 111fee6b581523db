package io.switchgate.probe;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

import io.switchgate.websocket.FrameHeader;

/**
 * Frame of a client (RFC 6455, sections 5.2 and 5.3).
 *
 * @param opcode kind of frame
 * @param payload at most 65,535 bytes
 */
record Outgoing(int opcode, byte[] payload) {

	private static final int FINAL = 0x80;

	private static final int MASKED = 0x80;

	private static final int LONG = 126;

	byte[] bytes() {
		ByteBuffer frame = ByteBuffer.allocate(FrameHeader.MAX_LENGTH + this.payload.length);
		frame.put((byte) (FINAL | this.opcode));
		if (this.payload.length < LONG) {
			frame.put((byte) (MASKED | this.payload.length));
		}
		else {
			frame.put((byte) (MASKED | LONG)).putShort((short) this.payload.length);
		}
		int key = ThreadLocalRandom.current().nextInt();
		frame.putInt(key);
		for (int i = 0; i < this.payload.length; i++) {
			frame.put((byte) (this.payload[i] ^ FrameHeader.maskByte(key, i)));
		}
		byte[] bytes = new byte[frame.position()];
		frame.flip().get(bytes);
		return bytes;
	}

}
