package io.switchgate.bench.traffic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.netty.buffer.ByteBuf;

/**
 * Keys and answers of handshakes (RFC 6455, section 4).
 */
final class Upgrade {

	private static final int KEY_BYTES = 16;

	private static final int MAX_HEAD = 8192;

	private static final int END = 0x0D0A0D0A;

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final String ANSWER = """
			HTTP/1.1 101 Switching Protocols\r
			Upgrade: websocket\r
			Connection: Upgrade\r
			Sec-WebSocket-Accept: %s\r
			\r
			""";

	private Upgrade() {
	}

	static String key(RandomGenerator random) {
		byte[] key = new byte[KEY_BYTES];
		random.nextBytes(key);
		return Base64.getEncoder().encodeToString(key);
	}

	static String answer(String key) {
		return ANSWER.formatted(accept(key));
	}

	private static String accept(String key) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Takes a head from what has arrived.
	 * @return the head, as soon as it is complete
	 */
	static Optional<String> takeHead(ByteBuf in) {
		int end = indexOfEnd(in);
		if (end < 0) {
			if (in.readableBytes() > MAX_HEAD) {
				throw new TrafficException("head without end");
			}
			return Optional.empty();
		}
		return Optional.of(in.readCharSequence(end - in.readerIndex(), StandardCharsets.ISO_8859_1).toString());
	}

	private static int indexOfEnd(ByteBuf in) {
		for (int i = in.readerIndex() + Integer.BYTES; i <= in.writerIndex(); i++) {
			if (in.getInt(i - Integer.BYTES) == END) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Returns the key of a request.
	 */
	static String key(String head) {
		return header(head, "sec-websocket-key");
	}

	/**
	 * Checks an answer.
	 */
	static void check(String head, String key) {
		if (!head.startsWith("HTTP/1.1 101 ")) {
			throw new RefusedException(head.lines().findFirst().orElse(""), header(head, "retry-after"));
		}
		if (!header(head, "sec-websocket-accept").equals(accept(key))) {
			throw new TrafficException("Sec-WebSocket-Accept is wrong");
		}
	}

	private static String header(String head, String name) {
		return head.lines()
			.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
			.map((line) -> line.substring(name.length() + 1).strip())
			.findFirst()
			.orElse("");
	}

}
