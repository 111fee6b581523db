package io.switchgate.doctor;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.switchgate.websocket.SecWebSocketHeaders;

/**
 * Finds upgrades that reached the application as plain requests.
 */
final class HopRules {

	/**
	 * Statuses that applications answer to a plain request that was an upgrade.
	 */
	private static final Set<Integer> AS_TO_PLAIN = Set.of(200, 204, 400, 404, 405, 426, 501);

	/**
	 * Bytes of nginx's page for plain HTTP on a TLS port, without the server name at its
	 * end. {@code Server} has the same name.
	 */
	private static final int NGINX_PAGE = 243;

	private static final int LONGEST_OWN_PAGE = 600;

	private static final List<String> TLS_PORTS = List.of(":443", ":8443", ":9443");

	private HopRules() {
	}

	static @Nullable Verdict notSent(Case handshake) {
		Head request = handshake.request();
		int status = handshake.answer().status();
		if (!request.isThere() || handshake.isTaken() || status == 0) {
			return null;
		}
		if (!request.asksForUpgrade()) {
			return new Verdict(Finding.UPGRADE_NOT_SENT,
					List.of(request.tell(), request.tell("Upgrade"), request.tell("Connection"),
							handshake.answer().tell()),
					"The upstream got a plain request, so it answered as to a plain request.",
					"Take ForwardUpgradeHeaders=false and filters that remove Upgrade or Connection out of the route.");
		}
		return request.isHttp10()
				? new Verdict(Finding.SENT_AS_HTTP_1_0, List.of(request.tell(), handshake.answer().tell()),
						"HTTP/1.0 has no Upgrade (RFC 9110, section 7.8), so most servers ignore it.",
						"Take UpstreamHttpVersion=1.0 out of the route.")
				: null;
	}

	static @Nullable Verdict tlsPort(Case handshake) {
		Head answer = handshake.answer();
		if (answer.status() != 400 || handshake.isTls()) {
			return null;
		}
		int length = answer.number("Content-Length");
		boolean nginx = answer.isPage() && length == NGINX_PAGE + answer.first("Server").length();
		boolean go = answer.isHttp10() && answer.names().findAny().isEmpty();
		boolean port = TLS_PORTS.stream().anyMatch(handshake.upstream()::endsWith);
		if (!nginx && !go && !port) {
			return null;
		}
		return new Verdict(Finding.CLEAR_TO_TLS_PORT,
				List.of("the upstream is " + handshake.upstream(), answer.tell(), answer.tell("Server"),
						answer.tell("Content-Length")),
				nginx ? "This is nginx's page «The plain HTTP request was sent to HTTPS port», by its length."
						: go ? "A 400 over HTTP/1.0 without headers is what Go's TLS servers answer to plain HTTP."
								: "This port usually speaks TLS, and a 400 is what TLS servers answer to plain HTTP.",
				"https or wss in the uri.");
	}

	static @Nullable Verdict libraryMissing(Case handshake) {
		Head answer = handshake.answer();
		if (!answer.first("Server").startsWith("uvicorn") || answer.has("Via")
				|| !AS_TO_PLAIN.contains(answer.status())) {
			return null;
		}
		return new Verdict(Finding.WEBSOCKET_LIBRARY_MISSING, asked(handshake),
				"uvicorn answers an upgrade itself, without a Server header, unless it has no WebSocket library: then it "
						+ "hands the application a plain GET, for which FastAPI has no route. Its log says «No supported "
						+ "WebSocket library detected».",
				"pip install 'uvicorn[standard]' (or websockets, or wsproto), and no --ws none.");
	}

	/**
	 * Finds answers that ask for an upgrade although it was sent.
	 */
	static @Nullable Verdict dropped(Case handshake) {
		Head answer = handshake.answer();
		if (!AS_TO_PLAIN.contains(answer.status()) || !hasUpgrade(handshake.request())) {
			return null;
		}
		Hop hop = Hop.of(answer);
		boolean passed = hop != Hop.UNKNOWN || answer.has("Via") || answer.isHttp10();
		if (passed && !isOwnPage(answer)) {
			return new Verdict(Finding.UPGRADE_DROPPED_BEHIND, asked(handshake),
					"The upstream got Upgrade and Connection, but what answered stands behind " + hop.title()
							+ " and answered as to a plain request. A proxy drops both headers unless it is told about "
							+ "WebSocket. If it is, the application itself answers so: then look at its path.",
					hop.upgradeRemedy() + " Compare with the probe sent to the application itself.");
		}
		return (!passed && (answer.status() == 426 || answer.tokens("Upgrade").contains("websocket")))
				? new Verdict(Finding.UPGRADE_NOT_UNDERSTOOD, asked(handshake),
						"The upstream asks for the upgrade that it was sent. It compares values by their exact case "
								+ "(Connection: Upgrade, Upgrade: websocket), or a hop behind without a trace dropped "
								+ "them.",
						"The upstream: compare without regard to case, and Connection as a list (RFC 9110, sections "
								+ "7.6.1 and 7.8). A hop behind: " + Hop.UNKNOWN.upgradeRemedy())
				: null;
	}

	/**
	 * Returns whether a request has headers that a hop could drop. HTTP/1.0 and HTTP/2
	 * have none.
	 */
	private static boolean hasUpgrade(Head request) {
		return !request.isHttp10() && !request.isConnect();
	}

	/**
	 * Returns whether a proxy made the page. Such pages are short, and applications
	 * answer differently.
	 */
	private static boolean isOwnPage(Head answer) {
		int length = answer.number("Content-Length");
		return answer.isPage() && length != -1 && length <= LONGEST_OWN_PAGE;
	}

	static List<String> asked(Case handshake) {
		Head request = handshake.request();
		Head answer = handshake.answer();
		return List.of(request.tell(), request.tell("Upgrade"), request.tell("Connection"),
				request.tell(SecWebSocketHeaders.VERSION), answer.tell(), answer.tell("Server"), answer.tell("Via"),
				answer.tell("Content-Type"));
	}

}
