package io.switchgate.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * Nonce of an opening handshake: 16 bytes in base64 (RFC 6455, section 4.1).
 *
 * @param value text as it stands in {@code Sec-WebSocket-Key}
 */
public record SecWebSocketKey(String value) {

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final int LENGTH = 16;

	public SecWebSocketKey {
		if (!isValid(value)) {
			throw new IllegalArgumentException("Sec-WebSocket-Key: " + value + " (expected: 16 bytes in base64)");
		}
	}

	/**
	 * Returns a random key.
	 */
	public static SecWebSocketKey random() {
		byte[] nonce = new byte[LENGTH];
		ThreadLocalRandom.current().nextBytes(nonce);
		return new SecWebSocketKey(Base64.getEncoder().encodeToString(nonce));
	}

	/**
	 * Reads the key of a request.
	 * @param values all values of {@code Sec-WebSocket-Key}
	 * @return the key, or null if there is none, more than one, or an invalid one
	 */
	public static @Nullable SecWebSocketKey of(List<String> values) {
		try {
			return (values.size() == 1) ? new SecWebSocketKey(values.get(0)) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	public static boolean isValid(String value) {
		try {
			return value.length() == 24 && Base64.getDecoder().decode(value).length == LENGTH;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Returns the {@code Sec-WebSocket-Accept} that proves that this key was understood
	 * (RFC 6455, section 4.2.2).
	 * @return digest of key and GUID, in base64
	 */
	public String accept() {
		byte[] digest = sha1().digest((this.value + GUID).getBytes(StandardCharsets.US_ASCII));
		return Base64.getEncoder().encodeToString(digest);
	}

	private static MessageDigest sha1() {
		try {
			return MessageDigest.getInstance("SHA-1");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-1", ex);
		}
	}

}
