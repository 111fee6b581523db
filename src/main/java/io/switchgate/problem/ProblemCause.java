package io.switchgate.problem;

import java.net.URI;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Closed catalogue of the reasons why the gateway itself answers a request.
 */
public enum ProblemCause {

	/**
	 * Bytes that are not HTTP/1.1 (RFC 9112).
	 */
	REQUEST_MALFORMED(HttpStatus.BAD_REQUEST, "The request breaks the grammar of HTTP", null),

	/**
	 * {@code Content-Length} and {@code Transfer-Encoding} that two hops could read
	 * differently (RFC 9112, section 6.3).
	 */
	LENGTH_AMBIGUOUS(HttpStatus.BAD_REQUEST, "The length of the request is ambiguous", null),

	/**
	 * {@code Host} missing, doubled or malformed (RFC 9112, section 3.2).
	 */
	HOST_INVALID(HttpStatus.BAD_REQUEST, "Invalid Host", null),

	/**
	 * A request target that is no path, or names another host than {@code Host}.
	 */
	TARGET_INVALID(HttpStatus.BAD_REQUEST, "Invalid request target", null),

	/**
	 * A path that the routes and the upstream could read differently.
	 */
	PATH_AMBIGUOUS(HttpStatus.BAD_REQUEST, "The path is ambiguous", null),

	/**
	 * HTTP in clear on a port that speaks TLS.
	 */
	TLS_EXPECTED(HttpStatus.BAD_REQUEST, "The plain HTTP request was sent to HTTPS port", null),

	/**
	 * The TLS handshake of a client failed. The client gets no answer but a TLS alert.
	 */
	CLIENT_TLS_FAILED(HttpStatus.BAD_REQUEST, "TLS with the client failed", null),

	/**
	 * A method that no gateway carries.
	 */
	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed", null),

	/**
	 * An operation of the management port that a page of another site asks for.
	 */
	CROSS_SITE(HttpStatus.FORBIDDEN, "The request comes from another site", null),

	/**
	 * A name that the management port does not accept.
	 */
	HOST_NOT_ALLOWED(HttpStatus.FORBIDDEN, "The management port does not go by this name", null),

	/**
	 * No complete request head in time.
	 */
	HEAD_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "No complete request head in time", null),

	/**
	 * A request body of which no further bytes arrive.
	 */
	BODY_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "No more of the request body in time", null),

	/**
	 * A client that does not read its answer. It gets no other answer.
	 */
	CLIENT_STALLED(HttpStatus.REQUEST_TIMEOUT, "The client takes nothing of its answer", null),

	/**
	 * A body that is too large for a method whose bodies are sent on in one piece.
	 */
	CONTENT_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large for the method", null),

	/**
	 * The request line alone is longer than a head may be.
	 */
	REQUEST_LINE_TOO_LONG(HttpStatus.URI_TOO_LONG, "The request line is too long", null),

	/**
	 * {@code Expect} that the gateway cannot meet.
	 */
	EXPECTATION_FAILED(HttpStatus.EXPECTATION_FAILED, "The expectation cannot be met", null),

	/**
	 * An error in the gateway itself, or in a filter.
	 */
	GATEWAY_FAILED(HttpStatus.INTERNAL_SERVER_ERROR, "The gateway failed", null),

	/**
	 * One client address has too many connections.
	 */
	TOO_MANY_CONNECTIONS_OF_CLIENT(HttpStatus.TOO_MANY_REQUESTS, "Too many connections of this client",
			"A hop in front brings many clients from one address. switchgate.forwarded.trusted: its network."),

	/**
	 * Too many bytes or fields in a request head.
	 */
	HEAD_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The request head is too large", null),

	/**
	 * All connections that the gateway may have are in use.
	 */
	TOO_MANY_CONNECTIONS(HttpStatus.SERVICE_UNAVAILABLE, "Too many connections", null),

	/**
	 * All handshakes that a route may have at the same time are in progress, and stay so
	 * while others wait.
	 */
	TOO_MANY_HANDSHAKES(HttpStatus.SERVICE_UNAVAILABLE, "Too many handshakes at once", null),

	/**
	 * Handshakes arrive faster than the rate, or faster than busy event loops can begin
	 * them.
	 */
	HANDSHAKE_RATE_EXCEEDED(HttpStatus.SERVICE_UNAVAILABLE, "Handshakes arrive too fast", null),

	/**
	 * The gateway is stopping, or tunnels of the route or to the upstream are being
	 * closed.
	 */
	DRAINING(HttpStatus.SERVICE_UNAVAILABLE, "No new tunnels while old ones are closed", null),

	/**
	 * Neither HTTP/1.0 nor HTTP/1.1.
	 */
	HTTP_VERSION_UNSUPPORTED(HttpStatus.HTTP_VERSION_NOT_SUPPORTED, "Unsupported version of HTTP", null),

	/**
	 * An extended CONNECT for another protocol (RFC 8441, section 4).
	 */
	PROTOCOL_UNSUPPORTED(HttpStatus.NOT_IMPLEMENTED, "Unsupported protocol of an extended CONNECT", null),

	/**
	 * A WebSocket handshake came without {@code Upgrade: websocket} or
	 * {@code Connection: upgrade}.
	 */
	UPGRADE_HEADERS_MISSING(HttpStatus.UPGRADE_REQUIRED, "WebSocket handshake without its upgrade headers",
			"A hop in front dropped them. nginx: proxy_set_header Upgrade $http_upgrade; "
					+ "proxy_set_header Connection \"upgrade\"; and proxy_http_version 1.1. Apache httpd: "
					+ "ProxyPass with upgrade=websocket. Envoy: upgrade_configs with upgrade_type: websocket. HAProxy: "
					+ "passes both by itself; take out http-request del-header and set-header rules for them."),

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
	 * All tunnels that may be open are open.
	 */
	TOO_MANY_TUNNELS(HttpStatus.SERVICE_UNAVAILABLE, "Too many tunnels", null),

	/**
	 * All HTTP/2 connections that the gateway may have to an upstream are open, and none
	 * of them accepts another stream.
	 */
	TOO_MANY_UPSTREAM_CONNECTIONS(HttpStatus.SERVICE_UNAVAILABLE, "Too many connections to the upstream", null),

	/**
	 * The process may open no further file for a connection to an upstream.
	 */
	TOO_MANY_OPEN_FILES(HttpStatus.SERVICE_UNAVAILABLE, "Too many connections to upstreams", null),

	/**
	 * The upstream's 101 breaks RFC 6455 or answers a request without an upgrade, or the
	 * upstream's bytes are not HTTP.
	 */
	UPSTREAM_ANSWER_INVALID(HttpStatus.BAD_GATEWAY, "The upstream broke the protocol", null),

	/**
	 * The head of the upstream's answer is larger than the gateway accepts.
	 */
	UPSTREAM_HEAD_TOO_LARGE(HttpStatus.BAD_GATEWAY, "The head of the upstream's answer is too large", null),

	/**
	 * A 2xx of the upstream, or of a filter, that opens no tunnel, although the client
	 * would take it for one (RFC 8441, section 5).
	 */
	SUCCESS_WITHOUT_TUNNEL(HttpStatus.BAD_GATEWAY, "The handshake was answered with a success that is no switch", null),

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
	 * The TLS handshake with the upstream failed.
	 */
	UPSTREAM_TLS_FAILED(HttpStatus.BAD_GATEWAY, "TLS with the upstream failed", null),

	/**
	 * No connection to the upstream in time.
	 */
	UPSTREAM_CONNECT_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "No connection to the upstream in time", null),

	/**
	 * The upstream does not read the body of a request.
	 */
	UPSTREAM_STALLED(HttpStatus.GATEWAY_TIMEOUT, "The upstream takes nothing of the request", null),

	/**
	 * No answer of the upstream in time.
	 */
	UPSTREAM_ANSWER_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "No answer of the upstream in time", null);

	private final HttpStatus status;

	private final String title;

	private final @Nullable String remedy;

	ProblemCause(HttpStatus status, String title, @Nullable String remedy) {
		this.status = status;
		this.title = title;
		this.remedy = remedy;
	}

	/**
	 * Returns the status of the answer.
	 */
	public HttpStatus status() {
		return this.status;
	}

	/**
	 * Returns what happened, as a sentence without a full stop.
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Returns what to set in a hop in front, or null if no hop causes this problem.
	 */
	public @Nullable String remedy() {
		return this.remedy;
	}

	/**
	 * Returns the name that records and problem types use, as in
	 * {@code upgrade-headers-missing}.
	 */
	public String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns the type of the problem (RFC 9457, section 3.1.1).
	 * @return stable URI
	 */
	public URI type() {
		return URI.create("urn:switchgate:problem:" + code());
	}

}
