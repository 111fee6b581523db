package io.switchgate.warmup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What both sides of a tunnel send: an opening handshake, messages that the upstream
 * echoes, and a closing handshake. The frames are prepared, so that nearly all the time
 * goes to the gateway between the two sides.
 *
 * @param client steps of the client
 * @param upstream steps of the upstream
 */
record Script(List<Step> client, List<Step> upstream) {

	/**
	 * Payload bytes of the messages.
	 */
	private static final int[] SIZES = { 16, 125, 1024, 16_000 };

	/**
	 * Key and accept value of RFC 6455, section 1.3.
	 */
	private static final String REQUEST = """
			GET /warm-up HTTP/1.1\r
			Host: localhost\r
			Connection: Upgrade\r
			Upgrade: websocket\r
			Sec-WebSocket-Version: 13\r
			Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
			Origin: http://localhost\r
			User-Agent: warm-up\r
			\r
			""";

	private static final String ANSWER = """
			HTTP/1.1 101 Switching Protocols\r
			Connection: Upgrade\r
			Upgrade: websocket\r
			Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
			\r
			""";

	private static final int BINARY = 0x82;

	private static final int CLOSE = 0x88;

	/**
	 * Close code 1000.
	 */
	private static final byte[] NORMAL = { 0x03, (byte) 0xe8 };

	private static final int MASKED = 0x80;

	private static final int MAX_SHORT = 125;

	/**
	 * Stands for a length of two bytes that follow.
	 */
	private static final int TWO_BYTES = 126;

	private static final int MAX_HEADER = 8;

	static Script ofOneTunnel() {
		List<Step> client = new ArrayList<>();
		List<Step> upstream = new ArrayList<>();
		client.add(new Step(0, text(REQUEST), false));
		upstream.add(new Step(Step.HEAD, text(ANSWER), false));
		int expected = Step.HEAD;
		for (int size : SIZES) {
			byte[] message = frame(BINARY, new byte[size], true);
			byte[] echo = frame(BINARY, new byte[size], false);
			client.add(new Step(expected, message, false));
			upstream.add(new Step(message.length, echo, false));
			expected = echo.length;
		}
		byte[] close = frame(CLOSE, NORMAL, true);
		client.add(new Step(expected, close, false));
		upstream.add(new Step(close.length, frame(CLOSE, NORMAL, false), true));
		return new Script(List.copyOf(client), List.copyOf(upstream));
	}

	private static byte[] text(String head) {
		return head.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Returns a frame. Its masking key is 0, so its payload stays as it is.
	 */
	private static byte[] frame(int firstByte, byte[] payload, boolean masked) {
		int mask = masked ? MASKED : 0;
		ByteBuffer frame = ByteBuffer.allocate(MAX_HEADER + payload.length).put((byte) firstByte);
		if (payload.length <= MAX_SHORT) {
			frame.put((byte) (mask | payload.length));
		}
		else {
			frame.put((byte) (mask | TWO_BYTES)).putShort((short) payload.length);
		}
		if (masked) {
			frame.putInt(0);
		}
		frame.put(payload);
		return Arrays.copyOf(frame.array(), frame.position());
	}

	/**
	 * What one side sends, and when.
	 *
	 * @param after bytes to receive before, since the last step, or {@link #HEAD}
	 * @param bytes what to send then
	 * @param closes whether the side closes its connection then, as servers do (RFC 6455,
	 * section 7.1.1)
	 */
	record Step(int after, byte[] bytes, boolean closes) {

		/**
		 * Stands for a head, up to and including its empty line.
		 */
		static final int HEAD = -1;

	}

}
