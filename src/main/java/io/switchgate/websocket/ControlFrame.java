package io.switchgate.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Control frame of the gateway's own (RFC 6455, section 5.5).
 *
 * @param opcode kind of frame
 * @param payload at most 125 bytes
 */
public record ControlFrame(int opcode, byte[] payload) {

	private static final int FINAL = 0x80;

	private static final int MASKED = 0x80;

	/**
	 * Returns a close frame (RFC 6455, section 5.5.1).
	 * @param reason reason, at most 123 bytes in UTF-8
	 */
	public static ControlFrame close(int code, String reason) {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		byte[] payload = ByteBuffer.allocate(Short.BYTES + text.length).putShort((short) code).put(text).array();
		return new ControlFrame(Opcode.CLOSE, payload);
	}

	/**
	 * Returns a ping (RFC 6455, section 5.5.2).
	 * @param payload what the pong will repeat
	 */
	public static ControlFrame ping(long payload) {
		return new ControlFrame(Opcode.PING, ByteBuffer.allocate(Long.BYTES).putLong(payload).array());
	}

	/**
	 * Returns the bytes of this frame.
	 * @param masked whether it goes to a server (RFC 6455, section 5.3)
	 */
	public ByteBuf bytes(boolean masked) {
		ByteBuf bytes = Unpooled.buffer(FrameHeader.MAX_LENGTH + this.payload.length);
		bytes.writeByte(FINAL | this.opcode);
		if (!masked) {
			return bytes.writeByte(this.payload.length).writeBytes(this.payload);
		}
		bytes.writeByte(MASKED | this.payload.length);
		int key = ThreadLocalRandom.current().nextInt();
		bytes.writeInt(key);
		for (int i = 0; i < this.payload.length; i++) {
			bytes.writeByte(this.payload[i] ^ FrameHeader.maskByte(key, i));
		}
		return bytes;
	}

}
