package io.switchgate.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * HTTP/1 message as it was received. Its framing is read leniently.
 *
 * @param head start line and header lines with the empty line
 * @param body body, with all chunks joined to one
 * @param length length on the wire in bytes
 */
record Message(String head, byte[] body, int length) {

	private static final Pattern CONTENT_LENGTH = Pattern.compile("(?im)^content-length:[ \t]*(\\d{1,9})[ \t]*\r?$");

	private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding:.*chunked");

	private static final Pattern HEAD_END = Pattern.compile("\n\r?\n");

	/**
	 * Reads a request at the beginning of a stream.
	 * @param bytes bytes that were received so far
	 * @return the request, or null as long as it is not complete
	 */
	static @Nullable Message request(byte[] bytes) {
		String text = latin1(bytes);
		int head = headLength(text);
		return (head == -1) ? null : framed(text, head, 0);
	}

	/**
	 * Reads an answer at the beginning of a stream.
	 * @param bytes bytes that were received so far
	 * @param ended whether the stream has ended
	 * @param toHead whether the request was HEAD
	 * @return the answer, or null as long as it is not complete
	 */
	static @Nullable Message answer(byte[] bytes, boolean ended, boolean toHead) {
		String text = latin1(bytes);
		int head = headLength(text);
		if (head == -1) {
			return null;
		}
		if (toHead || text.matches("(?s)HTTP/1.[01] (1..|204|304)\\b.*")) {
			return new Message(text.substring(0, head), new byte[0], head);
		}
		return framed(text, head, ended ? text.length() - head : -1);
	}

	private static @Nullable Message framed(String text, int head, int unframed) {
		String lines = text.substring(0, head);
		if (CHUNKED.matcher(lines).find()) {
			return chunked(text, head);
		}
		Matcher contentLength = CONTENT_LENGTH.matcher(lines);
		int length = contentLength.find() ? Integer.parseInt(contentLength.group(1)) : unframed;
		if (length == -1 || text.length() < head + length) {
			return null;
		}
		return new Message(lines, bytes(text.substring(head, head + length)), head + length);
	}

	private static @Nullable Message chunked(String text, int head) {
		ByteArrayOutputStream data = new ByteArrayOutputStream();
		int position = head;
		while (true) {
			int lineEnd = text.indexOf('\n', position);
			if (lineEnd == -1) {
				return null;
			}
			int size = size(text.substring(position, lineEnd));
			position = lineEnd + 1;
			if (size == 0) {
				return last(text, head, position, data.toByteArray());
			}
			if (size == -1 || text.length() < position + size + 2) {
				return null;
			}
			data.writeBytes(bytes(text.substring(position, position + size)));
			position += size + 2;
		}
	}

	private static int size(String line) {
		Matcher hex = Pattern.compile("([0-9a-fA-F]{1,6})[ \t]*(;.*)?\r?").matcher(line);
		return hex.matches() ? Integer.parseInt(hex.group(1), 16) : -1;
	}

	private static @Nullable Message last(String text, int head, int trailers, byte[] data) {
		Matcher end = Pattern.compile("(?s)(.*?\n)??\r?\n").matcher(text).region(trailers, text.length());
		if (!end.lookingAt()) {
			return null;
		}
		String chunk = (data.length != 0) ? Integer.toHexString(data.length) + "\r\n" + latin1(data) + "\r\n" : "";
		String body = chunk + "0\r\n" + text.substring(trailers, end.end());
		return new Message(text.substring(0, head), bytes(body), end.end());
	}

	private static int headLength(String text) {
		Matcher end = HEAD_END.matcher(text);
		return end.find() ? end.end() : -1;
	}

	int status() {
		return Integer.parseInt(this.head.replaceFirst("(?s)HTTP/1.[01] (\\d{3})\\b.*|.*", "0$1"));
	}

	boolean isInformational() {
		return status() / 100 == 1 && status() != 101;
	}

	boolean isUpgrade() {
		return this.head.toLowerCase(Locale.ROOT).contains("\nupgrade:");
	}

	boolean says(String line) {
		return this.head.toLowerCase(Locale.ROOT).contains("\n" + line);
	}

	byte[] bytes() {
		byte[] head = bytes(this.head);
		byte[] bytes = Arrays.copyOf(head, head.length + this.body.length);
		System.arraycopy(this.body, 0, bytes, head.length, this.body.length);
		return bytes;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static String latin1(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

}
