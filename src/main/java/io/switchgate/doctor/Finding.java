package io.switchgate.doctor;

import java.util.Locale;

/**
 * Closed catalogue of what the doctor finds. Every handshake has exactly one finding.
 */
public enum Finding {

	/**
	 * 101 with what RFC 6455, section 4.2.2 asks for.
	 */
	SWITCHED("The upgrade worked"),
	/**
	 * The gateway sends them once. A backend that compares exact values would refuse two.
	 */
	SWITCHED_THOUGH_DOUBLED("The upgrade worked, though a hop in front doubles its headers"),
	/**
	 * The request has a key, which no plain request has.
	 */
	UPGRADE_DROPPED_IN_FRONT("A hop in front dropped the upgrade headers"),
	/**
	 * A WebSocket over HTTP/2 has a version but no key (RFC 8441, section 5).
	 */
	HTTP2_DOWNGRADED_IN_FRONT("A hop in front made a plain request of a WebSocket over HTTP/2"),
	/**
	 * HTTP/2 has no {@code Upgrade}, only CONNECT with {@code :protocol}.
	 */
	HTTP2_WITHOUT_CONNECT("A hop in front sent the upgrade over HTTP/2 as a plain request"),
	/**
	 * A hop in front speaks it, as nginx did up to 1.29.
	 */
	HTTP_1_0_IN_FRONT("The handshake came over HTTP/1.0"),
	/**
	 * RFC 6455, section 4.2.1, item 1.
	 */
	METHOD_NOT_GET("The handshake has a method other than GET"),
	/**
	 * The bytes after the head of a handshake are frames.
	 */
	BODY_PRESENT("The handshake has a body"),
	/**
	 * RFC 6455, section 4.2.1, item 5.
	 */
	KEY_INVALID("Sec-WebSocket-Key is missing, doubled, or not 16 bytes in base64"),
	/**
	 * RFC 6455, section 4.2.1, item 6.
	 */
	VERSION_INVALID("Sec-WebSocket-Version is missing, doubled, or not 13"),
	/**
	 * Path, host, length or connection options that two hops could read differently.
	 */
	REQUEST_INVALID("The request breaks a rule of HTTP"),
	/**
	 * The client's own timeout, a reload of the page, or a timer of a hop in front.
	 */
	CLIENT_LEFT("The client left before there was an answer"),
	/**
	 * No route matches host, path and the other predicates.
	 */
	NO_ROUTE("No route fits the request"),
	/**
	 * The gateway is stopping, or a route or an upstream is drained.
	 */
	DRAINING("The gateway opens no new tunnels here"),
	/**
	 * A limit of connections, handshakes or tunnels.
	 */
	LIMIT_REACHED("A limit of the gateway is reached"),
	/**
	 * The request was not sent to the upstream.
	 */
	ANSWERED_BY_FILTER("A filter of the route answered"),
	/**
	 * The upstream was asked and switched.
	 */
	REFUSED_BY_FILTER("A filter of the route refused the tunnel"),
	/**
	 * A filter of the route removes them.
	 */
	UPGRADE_NOT_SENT("The upgrade headers were not sent to the upstream"),
	/**
	 * A filter of the route asks for that version.
	 */
	SENT_AS_HTTP_1_0("The handshake was sent as HTTP/1.0"),
	/**
	 * DNS has no address for it, or does not answer.
	 */
	NAME_UNKNOWN("The upstream's name has no address"),
	/**
	 * The host answered the connection with a reset.
	 */
	CONNECTION_REFUSED("Nothing listens at the upstream's address"),
	/**
	 * Packets are lost: a firewall, a wrong address, or a full backlog.
	 */
	CONNECT_TIMEOUT("No connection to the upstream in time"),
	/**
	 * The answer was no TLS record.
	 */
	TLS_TO_CLEAR_PORT("TLS was spoken to a port without TLS"),
	/**
	 * Self-signed, of a private authority, or with a link missing.
	 */
	CERTIFICATE_UNTRUSTED("The upstream's certificate is not trusted"),
	/**
	 * RFC 9110, section 4.3.4.
	 */
	CERTIFICATE_NAME("The upstream's certificate is for another name"),
	/**
	 * Expired, or a clock is wrong.
	 */
	CERTIFICATE_EXPIRED("The upstream's certificate is not valid at this time"),
	/**
	 * Versions, ciphers, or a certificate that the client lacks.
	 */
	TLS_FAILED("TLS with the upstream failed"),
	/**
	 * A FIN or a reset instead of a status line.
	 */
	CLOSED_BEFORE_ANSWER("The upstream closed the connection before it answered"),
	/**
	 * The connection was accepted, by the application or by its backlog.
	 */
	ANSWER_TIMEOUT("The upstream did not answer in time"),
	/**
	 * A limit of the gateway.
	 */
	ANSWER_HEAD_TOO_LARGE("The head of the upstream's answer is larger than the gateway takes"),
	/**
	 * A TLS alert, or the page that a TLS server has for this.
	 */
	CLEAR_TO_TLS_PORT("Plain HTTP was spoken to a port with TLS"),
	/**
	 * Frames of HTTP/2 instead of a status line.
	 */
	HTTP_2_ONLY("The upstream speaks HTTP/2 only"),
	/**
	 * Neither h2 by ALPN nor SETTINGS as the first frame.
	 */
	NO_HTTP_2("The upstream speaks no HTTP/2"),
	/**
	 * RFC 8441, section 3.
	 */
	CONNECT_NOT_ANNOUNCED("The upstream takes no WebSockets over HTTP/2"),
	/**
	 * Another protocol listens there, or a framework is broken.
	 */
	NOT_HTTP("The upstream's answer is no HTTP"),
	/**
	 * The application saw a plain request.
	 */
	UPGRADE_DROPPED_BEHIND("A hop behind dropped the upgrade headers"),
	/**
	 * It asks for the upgrade that it was sent.
	 */
	UPGRADE_NOT_UNDERSTOOD("The upstream does not see the upgrade that it was sent"),
	/**
	 * It treats upgrades as plain requests.
	 */
	WEBSOCKET_LIBRARY_MISSING("The upstream's server has no WebSocket library"),
	/**
	 * StripPrefix, RewritePath, PrefixPath or SetPath.
	 */
	PATH_REWRITTEN("The upstream does not know the path, which the route has rewritten"),
	/**
	 * 404 or 410 of the application itself.
	 */
	PATH_UNKNOWN("The upstream does not know the path"),
	/**
	 * 405 or 501 to a GET with an upgrade.
	 */
	METHOD_REFUSED("The upstream has no WebSocket at this path"),
	/**
	 * 403 to an Origin that is not its host (RFC 6455, section 10.2).
	 */
	ORIGIN_REFUSED("The upstream seems to refuse the Origin"),
	/**
	 * 400, 403 or 421 to a Host that is not the client's.
	 */
	HOST_REFUSED("The upstream seems to refuse the Host"),
	/**
	 * 401 or 407; a browser can send only cookies, query and subprotocol.
	 */
	UNAUTHORIZED("The upstream wants credentials"),
	/**
	 * 403 without a better reason.
	 */
	FORBIDDEN("The upstream forbids the handshake"),
	/**
	 * RFC 6455, section 4.4.
	 */
	VERSION_REFUSED("The upstream speaks another version of WebSocket"),
	/**
	 * WebSocket clients follow no redirects.
	 */
	REDIRECTED_TO_HTTPS("The upstream redirects to https"),
	/**
	 * A session is missing.
	 */
	REDIRECTED_TO_LOGIN("The upstream redirects to a login"),
	/**
	 * Often a slash at the end of the path.
	 */
	REDIRECTED("The upstream redirects"),
	/**
	 * The fallback of a single-page application, or a hop's own page.
	 */
	PAGE_INSTEAD("The upstream answered with a page"),
	/**
	 * 2xx: it treated the upgrade as a plain GET.
	 */
	SUCCESS_INSTEAD("The upstream answered as to a plain request"),
	/**
	 * 429 or 503.
	 */
	OVERLOADED("The upstream has no room at the moment"),
	/**
	 * 502 or 504 that the gateway did not write.
	 */
	HOP_BEHIND_FAILED("A hop behind gets no answer of its upstream"),
	/**
	 * 4xx without a better reason.
	 */
	REQUEST_REFUSED("The upstream refuses the request"),
	/**
	 * 5xx without a better reason.
	 */
	UPSTREAM_ERROR("The upstream failed"),
	/**
	 * RFC 6455, section 4.1, items 2 and 3.
	 */
	UPGRADE_ANSWER_WRONG("The 101 lacks Upgrade: websocket or Connection: Upgrade"),
	/**
	 * RFC 6455, section 4.1, item 4.
	 */
	ACCEPT_WRONG("The 101 does not prove the key"),
	/**
	 * Browsers end the connection then.
	 */
	SUBPROTOCOL_NOT_CHOSEN("The upstream chose none of the offered subprotocols"),
	/**
	 * RFC 6455, section 4.1, item 6.
	 */
	SUBPROTOCOL_NOT_OFFERED("The upstream chose a subprotocol that was not offered"),
	/**
	 * RFC 6455, section 4.1, item 5.
	 */
	EXTENSION_NOT_OFFERED("The upstream accepted an extension that was not offered"),
	/**
	 * RFC 6455, section 7.4; the evidence has the code.
	 */
	ENDED_WITH_CODE("The tunnel ended within a second, with a close code"),
	/**
	 * A FIN: a process that ends, or a hop that does not tunnel.
	 */
	ENDED_WITHOUT_CLOSE("The tunnel ended within a second, without a close frame"),
	/**
	 * A reset: a crash, or a firewall.
	 */
	ENDED_BY_RESET("The tunnel ended within a second, because a connection broke"),
	/**
	 * A rule of the protocol, a limit, or a drain.
	 */
	ENDED_BY_GATEWAY("The gateway ended the tunnel within a second"),
	/**
	 * No rule fits.
	 */
	UNKNOWN("The doctor does not know");

	private final String title;

	Finding(String title) {
		this.title = title;
	}

	/**
	 * Returns the name that endpoints and documentation use, as in
	 * {@code upgrade-dropped-in-front}.
	 */
	public String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns what was found, as a sentence without a full stop.
	 */
	public String title() {
		return this.title;
	}

}
