package io.switchgate.doctor;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.switchgate.websocket.SecWebSocketHeaders;

/**
 * Finds causes when the upstream understood the upgrade, or may have, and refused it.
 */
final class RefusalRules {

	private static final Pattern LOGIN = Pattern.compile("log-?in|sign-?in|sso|saml|oauth|auth|account|session");

	/**
	 * Bytes of {@code Invalid host header}, the answer of Starlette's
	 * TrustedHostMiddleware.
	 */
	private static final int INVALID_HOST = 19;

	/**
	 * Bytes of {@code Bad Request}, the answer of ws for Node to a path that it does not
	 * serve.
	 */
	private static final int BAD_REQUEST = 11;

	private RefusalRules() {
	}

	static @Nullable Verdict version(Case handshake) {
		Head answer = handshake.answer();
		boolean refused = answer.status() == 400 || answer.status() == 426;
		if (!refused || !answer.has(SecWebSocketHeaders.VERSION)
				|| answer.tokens(SecWebSocketHeaders.VERSION).values().containsAll(sentVersions(handshake))) {
			return null;
		}
		return new Verdict(Finding.VERSION_REFUSED,
				List.of(handshake.request().tell(SecWebSocketHeaders.VERSION), answer.tell(),
						answer.tell(SecWebSocketHeaders.VERSION)),
				"The answer lists the versions that the upstream speaks (RFC 6455, section 4.4), and the one sent is not "
						+ "among them.",
				"The client: one of these versions. The route: RequireWebSocketVersion=13 refuses others here.");
	}

	private static List<String> sentVersions(Case handshake) {
		return handshake.request().tokens(SecWebSocketHeaders.VERSION).values();
	}

	static @Nullable Verdict redirect(Case handshake) {
		Head answer = handshake.answer();
		if (answer.status() / 100 != 3) {
			return null;
		}
		List<String> evidence = List.of(handshake.request().tell(), answer.tell(), answer.tell("Location"));
		String location = answer.first("Location");
		if (location.startsWith("https:") && !handshake.isTls() && !LOGIN.matcher(location).find()) {
			return new Verdict(Finding.REDIRECTED_TO_HTTPS, evidence,
					"The upstream wants TLS, and takes this request for one without. Clients of WebSocket follow no "
							+ "redirect.",
					"X-Forwarded-Proto: https as the upstream trusts it (uvicorn: --proxy-headers --forwarded-allow-ips; "
							+ "Spring: server.forward-headers-strategy; Django: SECURE_PROXY_SSL_HEADER), or https in "
							+ "the uri.");
		}
		return LOGIN.matcher(location).find() ? new Verdict(Finding.REDIRECTED_TO_LOGIN, evidence,
				"The upstream, or a hop with single sign-on, sends clients without a session to a login, and a client of "
						+ "WebSocket cannot go there.",
				"Log in first, so that the handshake carries the cookie (SameSite and Domain must let it), or take the "
						+ "path out of the login's rules and check a token in the application.")
				: new Verdict(Finding.REDIRECTED, evidence,
						"Clients of WebSocket follow no redirect. Often only a slash at the end of the path is missing.",
						"The path, or the host, that Location names; or the rule that redirects.");
	}

	static @Nullable Verdict credentials(Case handshake) {
		Head answer = handshake.answer();
		Head request = handshake.request();
		return (answer.status() != 401 && answer.status() != 407) ? null
				: new Verdict(Finding.UNAUTHORIZED,
						List.of(answer.tell(), answer.tell("WWW-Authenticate"), request.tell("Authorization"),
								request.tell("Cookie")),
						"Credentials are missing or not valid. A browser cannot set Authorization on a WebSocket; it "
								+ "sends cookies (if SameSite allows), a query parameter or a subprotocol.",
						"The client's credentials. Hops pass Authorization and Cookie by themselves; look for a filter "
								+ "that removes them (RemoveRequestHeader).");
	}

	static @Nullable Verdict origin(Case handshake) {
		Head request = handshake.request();
		Head answer = handshake.answer();
		String origin = host(request.first("Origin"));
		if (answer.status() != 403 || !request.has("Origin") || origin.equals(request.first("Host"))) {
			return null;
		}
		boolean rewritten = origin.equals(handshake.client().first("Host"));
		return new Verdict(Finding.ORIGIN_REFUSED, List.of(request.tell("Origin"), request
			.tell("Host"), handshake.client().tell("Host"), answer.tell()), rewritten
					? "The Origin is the host that the client asked for, but the upstream got another Host, and "
							+ "servers that compare both refuse that (RFC 6455, section 10.2)."
					: "The Origin is another host than Host, and 403 is what RFC 6455, section 10.2, tells servers to "
							+ "answer to an Origin that they do not want. uvicorn answers 403 to an unknown path as "
							+ "well.",
				(rewritten ? "PreserveHostHeader on the route, or nginx: proxy_set_header Host $host. Or " : "")
						+ "Allow " + "the Origin in the upstream: Spring setAllowedOrigins, Django ALLOWED_HOSTS with "
						+ "AllowedHostsOriginValidator, Socket.IO cors.origin, FastAPI: the check of the application.");
	}

	private static String host(String origin) {
		try {
			String authority = URI.create(origin).getRawAuthority();
			return (authority != null) ? authority.toLowerCase(Locale.ROOT) : origin;
		}
		catch (IllegalArgumentException ex) {
			return origin;
		}
	}

	static @Nullable Verdict host(Case handshake) {
		Head answer = handshake.answer();
		boolean starlette = answer.status() == 400 && answer.number("Content-Length") == INVALID_HOST
				&& answer.first("Content-Type").startsWith("text/plain");
		if (answer.status() != 421 && !starlette) {
			return null;
		}
		return new Verdict(Finding.HOST_REFUSED, List.of(handshake.client().tell("Host"), handshake.request()
			.tell("Host"), answer.tell()), starlette
					? "A 400 of 19 bytes is the «Invalid host header» of Starlette's TrustedHostMiddleware."
					: "The status 421 says that this server does not answer for this Host (RFC 9110, section 15.5.20).",
				"The Host that the upstream expects: PreserveHostHeader on the route passes the client's; or add the one "
						+ "sent to the upstream's names (allowed_hosts, server_name, ServerAlias).");
	}

	/**
	 * Recognizes uvicorn's libraries by the missing {@code Server} in their refusals.
	 */
	static @Nullable Verdict forbidden(Case handshake) {
		Head answer = handshake.answer();
		if (answer.status() != 403) {
			return null;
		}
		boolean uvicorn = !answer.has("Server") && answer.number("Content-Length") == 0
				&& answer.first("Content-Type").equals("text/plain; charset=utf-8");
		return new Verdict(Finding.FORBIDDEN,
				List.of(handshake.request().tell(), handshake.request().tell("Origin"), answer.tell(),
						answer.tell("Server")),
				uvicorn ? "This is how uvicorn answers when the application closes before it accepts: FastAPI does so for "
						+ "a path without a WebSocket route, a dependency that refuses, and a close() before accept()."
						: "The upstream, or a firewall of its hop, refuses: rights, the address of the client, a rule.",
				uvicorn ? "The path in the application (@app.websocket) and what the route strips from it; then what "
						+ "runs before accept()."
						: "The upstream's log at this time; rules of a hop behind (allow/deny, WAF).");
	}

	static @Nullable Verdict path(Case handshake) {
		Head answer = handshake.answer();
		boolean node = isNode(answer);
		if (answer.status() != 404 && answer.status() != 410 && !node) {
			return null;
		}
		String came = handshake.client().path();
		String sent = handshake.request().path();
		List<String> evidence = List.of(handshake.client().tell(), handshake.request().tell(), answer.tell(),
				answer.tell("Server"), answer.tell("Content-Type"));
		if (handshake.client().isThere() && !came.equals(sent)) {
			return new Verdict(Finding.PATH_REWRITTEN, evidence,
					"The client asked for " + came + " and the upstream was asked for " + sent
							+ ", which it does not have.",
					"The route's StripPrefix, RewritePath, PrefixPath or SetPath, so that the upstream's path comes out.");
		}
		String why = node
				? "A 400 «Bad Request» of 11 bytes is what ws for Node answers to a path that it does not serve."
				: "The upstream has nothing at " + sent + ", or nothing that takes an upgrade.";
		return new Verdict(Finding.PATH_UNKNOWN, evidence, why + actionCable(handshake),
				"The path: a slash at the end, a prefix that the route should strip or keep. A hop behind without a trace "
						+ "may drop the upgrade as well: a plain GET that is 404 too tells a wrong path.");
	}

	private static boolean isNode(Head answer) {
		return answer.status() == 400 && answer.number("Content-Length") == BAD_REQUEST && answer.isPage()
				&& !answer.has("Server");
	}

	private static String actionCable(Case handshake) {
		return handshake.request().has("Origin")
				? " Action Cable answers 404 also to an Origin that is not in allowed_request_origins." : "";
	}

}
