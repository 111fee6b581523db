package io.switchgate.handshake;

/**
 * Names of the headers of RFC 6455, section 11.3.
 */
final class SecWebSocketHeaders {

	static final String KEY = "Sec-WebSocket-Key";

	static final String VERSION = "Sec-WebSocket-Version";

	static final String ACCEPT = "Sec-WebSocket-Accept";

	static final String PROTOCOL = "Sec-WebSocket-Protocol";

	static final String EXTENSIONS = "Sec-WebSocket-Extensions";

	private SecWebSocketHeaders() {
	}

}
