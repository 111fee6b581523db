package io.switchgate.bench.traffic;

import java.util.Locale;
import java.util.Set;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.springframework.http.HttpHeaders;

/**
 * Head of a handshake as a browser sends it.
 */
public final class BrowserRequest {

	private static final String TEXT = """
			GET /ws HTTP/1.1\r
			Host: 127.0.0.1:%d\r
			Connection: Upgrade\r
			Pragma: no-cache\r
			Cache-Control: no-cache\r
			User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36\r
			Upgrade: websocket\r
			Origin: http://127.0.0.1\r
			Sec-WebSocket-Version: 13\r
			Accept-Encoding: gzip, deflate, br, zstd\r
			Accept-Language: en-US,en;q=0.9\r
			Sec-WebSocket-Key: %s\r
			Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r
			\r
			""";

	private static final Set<String> ONLY_HTTP_1 = Set.of("host", "connection", "upgrade", "sec-websocket-key");

	private BrowserRequest() {
	}

	/**
	 * Returns the head.
	 * @param port port of the server
	 * @param key value of {@code Sec-WebSocket-Key}
	 * @return lines of the head, and the empty one
	 */
	public static String of(int port, String key) {
		return TEXT.formatted(port, key);
	}

	/**
	 * Returns the same head for a stream of HTTP/2 (RFC 8441, section 5).
	 */
	static Http2Headers extendedConnect(int port) {
		Http2Headers head = new DefaultHttp2Headers().method("CONNECT")
			.scheme("http")
			.authority("127.0.0.1:" + port)
			.path("/ws");
		head.set(Http2Headers.PseudoHeaderName.PROTOCOL.value(), "websocket");
		headers().forEach((name, values) -> {
			String lowerCase = name.toLowerCase(Locale.ROOT);
			if (!ONLY_HTTP_1.contains(lowerCase)) {
				head.add(lowerCase, values);
			}
		});
		return head;
	}

	/**
	 * Returns the fields of a head.
	 * @return fields as the gateway's code sees them
	 */
	public static HttpHeaders headers() {
		HttpHeaders headers = new HttpHeaders();
		of(8080, "dGhlIHNhbXBsZSBub25jZQ==").lines()
			.filter((line) -> line.contains(": "))
			.map((line) -> line.split(": ", 2))
			.forEach((field) -> headers.add(field[0], field[1]));
		return headers;
	}

}
