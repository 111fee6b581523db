package io.switchgate.handshake;

import java.net.URI;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Closed catalogue of the reasons why the gateway itself answers a handshake.
 */
enum HandshakeCause {

	/**
	 * A WebSocket handshake came without {@code Upgrade: websocket} or
	 * {@code Connection: upgrade}.
	 */
	UPGRADE_HEADERS_MISSING(HttpStatus.UPGRADE_REQUIRED, "WebSocket handshake without its upgrade headers",
			"A hop in front dropped them. nginx: proxy_set_header Upgrade $http_upgrade; "
					+ "proxy_set_header Connection \"upgrade\"; and proxy_http_version 1.1. Apache httpd: "
					+ "ProxyPass with upgrade=websocket. Envoy: upgrade_configs with upgrade_type: websocket."),

	/**
	 * A handshake came over HTTP/1.0.
	 */
	HTTP_VERSION_TOO_OLD(HttpStatus.UPGRADE_REQUIRED, "WebSocket handshake over HTTP/1.0",
			"A hop in front speaks HTTP/1.0. nginx: proxy_http_version 1.1."),

	/**
	 * A plain request came for an upstream that speaks WebSocket only.
	 */
	WEBSOCKET_REQUIRED(HttpStatus.UPGRADE_REQUIRED, "This resource speaks WebSocket only", null),

	/**
	 * Version missing, doubled, or not the one that the route requires.
	 */
	VERSION_UNSUPPORTED(HttpStatus.UPGRADE_REQUIRED, "Unsupported WebSocket version", null),

	/**
	 * A handshake with another method than GET.
	 */
	METHOD_NOT_GET(HttpStatus.BAD_REQUEST, "WebSocket handshake with a method other than GET", null),

	/**
	 * A handshake with a body.
	 */
	BODY_PRESENT(HttpStatus.BAD_REQUEST, "WebSocket handshake with a body", null),

	/**
	 * Key missing, doubled, or not 16 bytes in base64.
	 */
	KEY_INVALID(HttpStatus.BAD_REQUEST, "Invalid Sec-WebSocket-Key", null),

	/**
	 * {@code Connection} names a header that must reach the upstream.
	 */
	CONNECTION_NAMES_END_TO_END(HttpStatus.BAD_REQUEST, "Connection names a header that is not hop-by-hop", null),

	/**
	 * The upstream answered 101 but not as RFC 6455 asks.
	 */
	UPSTREAM_ANSWER_INVALID(HttpStatus.BAD_GATEWAY, "The upstream broke the WebSocket handshake", null),

	/**
	 * Nothing listens at the upstream's address.
	 */
	UPSTREAM_REFUSED(HttpStatus.BAD_GATEWAY, "The upstream refused the connection", null),

	/**
	 * The upstream's name has no address.
	 */
	UPSTREAM_UNKNOWN(HttpStatus.BAD_GATEWAY, "The upstream's name cannot be resolved", null),

	/**
	 * The upstream closed or reset the connection before it answered.
	 */
	UPSTREAM_CLOSED(HttpStatus.BAD_GATEWAY, "The upstream closed the connection before it answered", null),

	/**
	 * No TLS with the upstream.
	 */
	UPSTREAM_TLS_FAILED(HttpStatus.BAD_GATEWAY, "TLS with the upstream failed", null),

	/**
	 * No connection to the upstream in time.
	 */
	UPSTREAM_CONNECT_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "No connection to the upstream in time", null),

	/**
	 * No answer of the upstream in time.
	 */
	UPSTREAM_ANSWER_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "No answer of the upstream in time", null);

	private final HttpStatus status;

	private final String title;

	private final @Nullable String remedy;

	HandshakeCause(HttpStatus status, String title, @Nullable String remedy) {
		this.status = status;
		this.title = title;
		this.remedy = remedy;
	}

	HttpStatus status() {
		return this.status;
	}

	String title() {
		return this.title;
	}

	@Nullable String remedy() {
		return this.remedy;
	}

	/**
	 * Returns the name that records and problem types use, as in
	 * {@code upgrade-headers-missing}.
	 */
	String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	URI type() {
		return URI.create("urn:switchgate:problem:" + code());
	}

}
