package io.switchgate.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Wire;

/**
 * Attacks of a client and its upstream. A client sends some bytes first, and then repeats
 * other bytes for as long as the gateway accepts them. Neither the client nor the
 * upstream reads.
 */
enum Worst {

	LARGE_HEAD("GET /worst/silent HTTP/1.1\nX-Large: ", "x".repeat(Worst.SIZE)),

	SLOW_HEAD("GET /worst/silent HTTP/1.1\nX-Slow: ", "x"),

	EARLY_FRAMES(Handshakes.request("/worst/silent"), Worst.message()),

	PIPELINED_REQUESTS("GET /worst/silent HTTP/1.1\nHost: a\n\n",
			"GET /worst/silent HTTP/1.1\nHost: a\n\n".repeat(400)),

	LONG_BODY("POST /worst/silent HTTP/1.1\nHost: a\nContent-Length: 1000000000000\n\n", "x".repeat(Worst.SIZE)),

	LARGE_CHUNKS(Worst.CHUNKED, "4000\n" + "x".repeat(Worst.SIZE) + "\n"),

	SMALL_CHUNKS(Worst.CHUNKED, "1\nx\n".repeat(2000)),

	CHUNKS_OF_LINE_FEEDS(Worst.CHUNKED, Worst.lineFeeds()),

	UNREAD_ANSWER("GET /worst/endless HTTP/1.1\nHost: a\n\n", ""),

	UNREAD_BY_UPSTREAM(Handshakes.request("/worst/sink"), Worst.message()),

	UNREAD_BY_CLIENT(Handshakes.request("/worst/endless"), ""),

	UNREAD_BY_BOTH(Handshakes.request("/worst/endless"), Worst.message()),

	HTTP2_WITHOUT_WINDOWS(Worst.http2(0, "GET"), new byte[0]),

	HTTP2_WITH_LARGE_WINDOWS(Worst.http2(Integer.MAX_VALUE, "GET"), new byte[0]),

	HTTP2_BODIES(Worst.http2(0, "POST"), new byte[0]),

	HTTP2_SMALL_FRAMES(Worst.join(Worst.http2(0, "POST"), Worst.singleBytes()), new byte[0]),

	HTTP2_PINGS(Worst.http2(0), Worst.repeated(Worst.frame(6, 0, 0, new byte[8]))),

	HTTP2_SETTINGS(Worst.http2(0), Worst.repeated(Worst.frame(4, 0, 0, new byte[0]))),

	HTTP2_CONTINUATIONS(Worst.join(Worst.http2(0), Worst.frame(1, 0, 1, new byte[] { (byte) 0x82 })),
			Worst.repeated(Worst.frame(9, 0, 1, new byte[] { 0, 1, 'a', 1, 'a' }))),

	TLS_HALF_HELLO(new byte[] { 0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3 }, new byte[0]),

	TLS_LONG_HELLO(Worst.join(new byte[] { 0x16, 3, 1, 0x40, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff },
			new byte[Worst.SIZE - 4]), Worst.join(new byte[] { 0x16, 3, 3, 0x40, 0 }, new byte[Worst.SIZE])),

	TLS_NOISE(new byte[0], Worst.join(new byte[] { 0x17, 3, 3, 0x40, 0 }, new byte[Worst.SIZE]));

	private static final int SIZE = 16 * 1024;

	private static final int STREAMS = 30;

	private static final int STREAM_WINDOW = 16 * 1024;

	private static final int FRAMES = 65_000;

	private static final String CHUNKED = "POST /worst/silent HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n";

	private final byte[] first;

	private final byte[] next;

	Worst(String first, String next) {
		this(first, Wire.crlf(next));
	}

	Worst(String first, byte[] next) {
		this(Wire.crlf(first), next);
	}

	Worst(byte[] first, byte[] next) {
		this.first = first;
		this.next = next;
	}

	static List<Worst> inClear() {
		return Arrays.stream(values()).filter((worst) -> !worst.isTls()).toList();
	}

	static List<Worst> overTls() {
		return Arrays.stream(values()).filter(Worst::isTls).toList();
	}

	/**
	 * Returns whether each connection has many requests under way.
	 */
	boolean hasStreams() {
		return this == HTTP2_WITHOUT_WINDOWS || this == HTTP2_WITH_LARGE_WINDOWS || this == HTTP2_BODIES
				|| this == HTTP2_SMALL_FRAMES;
	}

	boolean isTls() {
		return name().startsWith("TLS_");
	}

	byte[] first() {
		return this.first;
	}

	byte[] next() {
		return this.next;
	}

	private static byte[] message() {
		return Frame.binary(new byte[SIZE]).mask().bytes();
	}

	private static byte[] lineFeeds() {
		return "1000\r\n%s\r\n".formatted("\n".repeat(0x1000)).getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Begins a connection of HTTP/2 with some requests.
	 */
	private static byte[] http2(int window, String... methods) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		bytes.writeBytes(frame(4, 0, 0, ByteBuffer.allocate(6).putShort((short) 4).putInt(window).array()));
		bytes.writeBytes(frame(8, 0, 0, ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE - 65535).array()));
		for (String method : methods) {
			boolean body = method.equals("POST");
			for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
				bytes.writeBytes(frame(1, body ? 4 : 5, stream, head(body)));
			}
			// Fills the window of the connection.
			for (int stream = 1; body && stream < 7; stream += 2) {
				bytes.writeBytes(frame(0, 0, stream, new byte[STREAM_WINDOW]));
			}
		}
		return bytes.toByteArray();
	}

	/**
	 * Returns a field block (RFC 7541) without dynamic entries.
	 */
	private static byte[] head(boolean body) {
		String path = body ? "/worst/silent" : "/worst/endless";
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		block.writeBytes(new byte[] { (byte) (body ? 0x83 : 0x82), (byte) 0x86, 1, 1, 'a', 4, (byte) path.length() });
		block.writeBytes(path.getBytes(StandardCharsets.US_ASCII));
		return block.toByteArray();
	}

	/**
	 * Fills what is left of the windows of streams, a byte in each frame.
	 */
	private static byte[] singleBytes() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int stream = 7; stream < 2 * STREAMS; stream += 2) {
			byte[] single = frame(0, 0, stream, new byte[1]);
			for (int i = 0; i < FRAMES; i++) {
				bytes.writeBytes(single);
			}
		}
		return bytes.toByteArray();
	}

	private static byte[] frame(int type, int flags, int stream, byte[] payload) {
		return ByteBuffer.allocate(9 + payload.length)
			.put((byte) 0)
			.putShort((short) payload.length)
			.put((byte) type)
			.put((byte) flags)
			.putInt(stream)
			.put(payload)
			.array();
	}

	private static byte[] repeated(byte[] frame) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		while (bytes.size() < SIZE) {
			bytes.writeBytes(frame);
		}
		return bytes.toByteArray();
	}

	private static byte[] join(byte[] one, byte[] other) {
		byte[] both = Arrays.copyOf(one, one.length + other.length);
		System.arraycopy(other, 0, both, one.length, other.length);
		return both;
	}

}
