package io.switchgate.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.switchgate.fixture.Handshakes;

/**
 * Pipelined requests whose bodies look like ends of heads and like requests.
 *
 * @param random source of all requests
 */
record RandomRequests(Random random) {

	private static final List<String> PIECES = List.of("\r\n\r\n", "\r\n", "\n", "\n\n", "\r", "0", "a",
			"GET / HTTP/1.1\r\nHost: a\r\n\r\n", Handshakes.request("/body").replace("\n", "\r\n"),
			"\u0081\u0085\u0001\r\n\r\n\u00ff");

	boolean flip() {
		return this.random.nextBoolean();
	}

	String requests() {
		StringBuilder requests = new StringBuilder();
		for (int left = this.random.nextInt(5); left > 0; left--) {
			requests.append(request());
		}
		return requests.toString();
	}

	private String request() {
		String head = "/" + this.random.nextInt(100) + " HTTP/1.1\r\nHost: a\r\n";
		String body = body();
		return switch (this.random.nextInt(4)) {
			case 0 -> "GET " + head + "\r\n";
			case 1 -> "\r\nGET " + head + "Upgrade: h2c\r\n\r\n";
			case 2 -> "POST " + head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
			default -> "POST " + head + "Transfer-Encoding: chunked\r\n\r\n" + chunked(body);
		};
	}

	/**
	 * Returns random pieces for a body or for early bytes.
	 */
	String body() {
		StringBuilder body = new StringBuilder();
		for (int left = this.random.nextInt(6); left > 0; left--) {
			body.append(PIECES.get(this.random.nextInt(PIECES.size())));
		}
		return body.toString();
	}

	private String chunked(String body) {
		StringBuilder chunks = new StringBuilder();
		for (String chunk : split(body)) {
			chunks.append(Integer.toHexString(chunk.length())).append(flip() ? ";a=b\r\n" : "\r\n");
			chunks.append(chunk).append("\r\n");
		}
		return chunks + (flip() ? "0\r\n\r\n" : "0\r\nX-Trailer: a\r\n\r\n");
	}

	/**
	 * Splits a text into pieces of at least one character.
	 */
	List<String> split(String text) {
		int longest = 1 << this.random.nextInt(10);
		List<String> pieces = new ArrayList<>();
		for (int start = 0; start < text.length();) {
			int end = Math.min(text.length(), start + 1 + this.random.nextInt(longest));
			pieces.add(text.substring(start, end));
			start = end;
		}
		return pieces;
	}

}
