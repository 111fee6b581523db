package io.switchgate.websocket;

/**
 * Names of the headers of RFC 6455, section 11.3.
 */
public final class SecWebSocketHeaders {

	/**
	 * Key of the client (RFC 6455, section 11.3.1).
	 */
	public static final String KEY = "Sec-WebSocket-Key";

	/**
	 * Version asked for, or those supported (RFC 6455, section 11.3.5).
	 */
	public static final String VERSION = "Sec-WebSocket-Version";

	/**
	 * Proof that the key was understood (RFC 6455, section 11.3.3).
	 */
	public static final String ACCEPT = "Sec-WebSocket-Accept";

	/**
	 * Subprotocols offered, or the one chosen (RFC 6455, section 11.3.4).
	 */
	public static final String PROTOCOL = "Sec-WebSocket-Protocol";

	/**
	 * Extensions offered or agreed on (RFC 6455, section 11.3.2).
	 */
	public static final String EXTENSIONS = "Sec-WebSocket-Extensions";

	/**
	 * The only version that exists (RFC 6455, section 4.1).
	 */
	public static final String SUPPORTED_VERSION = "13";

	private SecWebSocketHeaders() {
	}

}
