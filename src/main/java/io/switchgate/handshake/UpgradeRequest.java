package io.switchgate.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.netty.handler.codec.http.HttpVersion;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.support.Netty4HeadersAdapter;
import reactor.netty.http.server.HttpServerRequest;

import io.switchgate.exchange.ClientExchange;
import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.websocket.HeaderTokens;
import io.switchgate.websocket.SecWebSocketHeaders;
import io.switchgate.websocket.SecWebSocketKey;

/**
 * The client's side of an opening handshake (RFC 6455, section 4.2.1).
 *
 * @param method request method
 * @param http10 whether the request came over HTTP/1.0
 * @param headers request headers as the filters have left them
 * @param client headers as the client sent them, because filters have no say in what the
 * client wants of its connection
 */
record UpgradeRequest(HttpMethod method, boolean http10, HttpHeaders headers, HttpHeaders client) {

	/**
	 * Methods whose bodies have no meaning (RFC 9110, section 9.3), though some APIs send
	 * a query in one. The HTTP client collects such a body before it sends it.
	 */
	private static final Set<HttpMethod> COLLECTED = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

	private static final long MAX_COLLECTED_BYTES = 1024 * 1024;

	private static final Set<String> END_TO_END = Set.of("host", "origin", "cookie", "authorization");

	/**
	 * Creates a request that no filter has seen.
	 */
	UpgradeRequest(HttpMethod method, boolean http10, HttpHeaders headers) {
		this(method, http10, headers, headers);
	}

	/**
	 * Reads a request, which may or may not ask for an upgrade.
	 */
	static UpgradeRequest of(ServerHttpRequest request) {
		HttpServerRequest head = ClientExchange.nativeRequest(request);
		return new UpgradeRequest(request.getMethod(), HttpVersion.HTTP_1_0.equals(head.version()),
				request.getHeaders(), new HttpHeaders(new Netty4HeadersAdapter(head.requestHeaders())));
	}

	/**
	 * Returns whether this is a handshake, even one that has lost its upgrade headers.
	 */
	boolean isHandshake() {
		return tokens(this.client, HttpHeaders.UPGRADE).contains("websocket") || isStripped();
	}

	private boolean isStripped() {
		return this.client.containsHeader(SecWebSocketHeaders.KEY)
				|| this.client.containsHeader(SecWebSocketHeaders.VERSION);
	}

	/**
	 * Checks everything but the version.
	 * @param acceptHttp10 whether HTTP/1.0 is accepted
	 * @throws ProblemException if the request breaks a rule
	 */
	void check(boolean acceptHttp10) {
		HeaderTokens connection = tokens(this.client, HttpHeaders.CONNECTION);
		checkUpgradeHeaders(connection);
		if (this.http10 && !acceptHttp10) {
			throw new ProblemException(ProblemCause.HTTP_VERSION_TOO_OLD, "HTTP/1.0 (expected: HTTP/1.1)");
		}
		if (!HttpMethod.GET.equals(this.method)) {
			throw new ProblemException(ProblemCause.METHOD_NOT_GET, this.method + " (expected: GET)");
		}
		checkBody();
		checkConnection(connection);
		checkKey();
	}

	private void checkUpgradeHeaders(HeaderTokens connection) {
		boolean upgrades = connection.contains("upgrade");
		boolean websocket = tokens(this.client, HttpHeaders.UPGRADE).contains("websocket");
		if (upgrades && websocket) {
			return;
		}
		List<String> missing = new ArrayList<>();
		if (!websocket) {
			missing.add("Upgrade: " + describe(this.client, HttpHeaders.UPGRADE) + " (expected: websocket)");
		}
		if (!upgrades) {
			missing.add("Connection: " + describe(this.client, HttpHeaders.CONNECTION) + " (expected: Upgrade)");
		}
		throw new ProblemException(ProblemCause.UPGRADE_HEADERS_MISSING, String.join(", ", missing));
	}

	private void checkBody() {
		boolean chunked = this.headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
		// Compare text: a value that is no number does not promise an empty body either.
		boolean empty = this.headers.getOrEmpty(HttpHeaders.CONTENT_LENGTH).stream().allMatch("0"::equals);
		if (chunked || !empty) {
			throw new ProblemException(ProblemCause.BODY_PRESENT, "A body (expected: none)");
		}
		// A request without a body must not expect anything (RFC 9110, section 10.1.1).
		if (this.headers.containsHeader(HttpHeaders.EXPECT)) {
			throw new ProblemException(ProblemCause.EXPECTATION_FAILED,
					"Expect: " + describe(this.headers, HttpHeaders.EXPECT) + " (expected: none)");
		}
	}

	private void checkConnection(HeaderTokens connection) {
		for (String named : connection.names()) {
			if (isEndToEnd(named)) {
				throw new ProblemException(ProblemCause.CONNECTION_NAMES_END_TO_END,
						"Connection: " + named + " (expected: hop-by-hop headers only)");
			}
		}
	}

	/**
	 * Returns whether an option names a header that must reach the upstream. A name with
	 * a quote counts as one: it is no token, but the framework removes the quotes before
	 * it drops the named header.
	 */
	static boolean isEndToEnd(String named) {
		return END_TO_END.contains(named) || named.startsWith("sec-websocket-") || named.startsWith("x-forwarded-")
				|| named.indexOf('"') != -1;
	}

	private void checkKey() {
		List<String> keys = this.headers.getOrEmpty(SecWebSocketHeaders.KEY);
		if (keys.size() != 1 || !SecWebSocketKey.isValid(keys.get(0))) {
			throw new ProblemException(ProblemCause.KEY_INVALID, SecWebSocketHeaders.KEY + ": "
					+ describe(this.headers, SecWebSocketHeaders.KEY) + " (expected: one value of 16 bytes in base64)");
		}
	}

	/**
	 * Checks a request that is no handshake.
	 * @param http whether the upstream serves plain HTTP
	 * @throws ProblemException if the request must not be sent on
	 */
	void checkPlain(boolean http) {
		if (!http) {
			throw new ProblemException(ProblemCause.WEBSOCKET_REQUIRED,
					this.method + " without Upgrade (expected: a WebSocket handshake)");
		}
		boolean chunked = this.headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
		if (COLLECTED.contains(this.method) && (chunked || this.headers.getContentLength() > MAX_COLLECTED_BYTES)) {
			throw new ProblemException(ProblemCause.CONTENT_TOO_LARGE,
					this.method + " with a body of " + (chunked ? "unknown length" : "more than 1 MB")
							+ " (expected: a Content-Length of at most 1 MB)");
		}
	}

	/**
	 * Checks the version.
	 * @throws ProblemException if there is not exactly one
	 */
	void checkVersion() {
		if (!this.headers.getOrEmpty(SecWebSocketHeaders.VERSION)
			.equals(List.of(SecWebSocketHeaders.SUPPORTED_VERSION))) {
			throw new ProblemException(ProblemCause.VERSION_UNSUPPORTED,
					SecWebSocketHeaders.VERSION + ": " + describe(this.headers, SecWebSocketHeaders.VERSION)
							+ " (expected: " + SecWebSocketHeaders.SUPPORTED_VERSION + ")");
		}
	}

	SecWebSocketKey key() {
		return new SecWebSocketKey(this.headers.getOrEmpty(SecWebSocketHeaders.KEY).get(0));
	}

	private static HeaderTokens tokens(HttpHeaders headers, String name) {
		return HeaderTokens.of(headers.getOrEmpty(name));
	}

	private static String describe(HttpHeaders headers, String name) {
		List<String> values = headers.getOrEmpty(name);
		return values.isEmpty() ? "absent" : String.join(", ", values);
	}

}
