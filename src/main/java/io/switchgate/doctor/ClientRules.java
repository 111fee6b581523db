package io.switchgate.doctor;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.switchgate.problem.ProblemCause;
import io.switchgate.websocket.SecWebSocketHeaders;

/**
 * Finds causes in the client, in a hop in front, and in what the gateway itself answered.
 */
final class ClientRules {

	private static final Set<ProblemCause> LIMITS = Set.of(ProblemCause.TOO_MANY_CONNECTIONS,
			ProblemCause.TOO_MANY_CONNECTIONS_OF_CLIENT, ProblemCause.TOO_MANY_HANDSHAKES,
			ProblemCause.HANDSHAKE_RATE_EXCEEDED, ProblemCause.TOO_MANY_TUNNELS,
			ProblemCause.TOO_MANY_UPSTREAM_CONNECTIONS, ProblemCause.TOO_MANY_OPEN_FILES);

	private static final Map<ProblemCause, Rule> RULES = new EnumMap<>(
			Map.of(ProblemCause.UPGRADE_HEADERS_MISSING, ClientRules::headersMissing, ProblemCause.HTTP_VERSION_TOO_OLD,
					ClientRules::http10, ProblemCause.METHOD_NOT_GET, ClientRules::method, ProblemCause.BODY_PRESENT,
					ClientRules::body, ProblemCause.KEY_INVALID, ClientRules::key, ProblemCause.VERSION_UNSUPPORTED,
					ClientRules::version, ProblemCause.DRAINING, ClientRules::draining));

	private ClientRules() {
	}

	/**
	 * Explains the gateway's own causes, except causes about the upstream.
	 */
	static @Nullable Verdict ownCause(Case handshake) {
		for (ProblemCause cause : ProblemCause.values()) {
			if (handshake.is(cause) && cause != ProblemCause.SUCCESS_WITHOUT_TUNNEL
					&& !cause.name().startsWith("UPSTREAM_")) {
				Rule rule = LIMITS.contains(cause) ? ClientRules::limit
						: RULES.getOrDefault(cause, ClientRules::invalid);
				return rule.look(handshake);
			}
		}
		return null;
	}

	private static Verdict headersMissing(Case handshake) {
		Head client = handshake.client();
		if (client.isHttp2()) {
			return new Verdict(Finding.HTTP2_WITHOUT_CONNECT, evidenceOfHttp2(client),
					"HTTP/2 has neither Upgrade nor Connection: a WebSocket is a CONNECT with :protocol there (RFC 8441), "
							+ "which the gateway announces. The hop took an upgrade of HTTP/1.1 and left both headers out.",
					"The hop in front: RFC 8441 towards the gateway, or HTTP/1.1, at least for upgrades.");
		}
		if (!client.has(SecWebSocketHeaders.KEY) && !client.asksForUpgrade()) {
			return new Verdict(Finding.HTTP2_DOWNGRADED_IN_FRONT, evidenceOfHttp2(client),
					"Sec-WebSocket-Version without a key is what a WebSocket over HTTP/2 has (RFC 8441). The hop took it, and "
							+ "passed it on without making an upgrade of it.",
					"The hop in front: no extended CONNECT there (HAProxy: h2-workaround-bogus-websocket-clients; Envoy: no "
							+ "allow_connect), so that clients upgrade over HTTP/1.1; or HTTP/2 towards the gateway.");
		}
		Hop hop = Hop.of(client);
		return new Verdict(Finding.UPGRADE_DROPPED_IN_FRONT,
				List.of(client.tell(), client.tell("Upgrade"), client.tell("Connection"),
						client.tell(SecWebSocketHeaders.KEY), traces(client)),
				"Only a WebSocket client sends Sec-WebSocket-Key, and it sends Upgrade and Connection with it. They are "
						+ "hop-by-hop headers, which a proxy drops unless it is told about WebSocket"
						+ (client.isHttp10() ? "; HTTP/1.0 and Connection: close are what nginx makes of it." : "."),
				((hop == Hop.UNKNOWN && client.isHttp10()) ? Hop.NGINX : hop).upgradeRemedy());
	}

	private static List<String> evidenceOfHttp2(Head client) {
		return List.of(client.tell(), client.tell("Upgrade"), client.tell(SecWebSocketHeaders.KEY),
				client.tell(SecWebSocketHeaders.VERSION), traces(client));
	}

	private static String traces(Head client) {
		List<String> traces = List
			.of("Via", "Forwarded", "X-Forwarded-For", "X-Forwarded-Server", "X-Real-IP", "User-Agent")
			.stream()
			.filter(client::has)
			.map((name) -> name + ": " + String.join(" | ", client.values(name)))
			.toList();
		Hop hop = Hop.of(client);
		return "traces of a hop in front: " + (traces.isEmpty() ? "none" : String.join(", ", traces))
				+ ((hop != Hop.UNKNOWN) ? " (" + hop.title() + ")" : "");
	}

	private static Verdict http10(Case handshake) {
		Head client = handshake.client();
		return new Verdict(Finding.HTTP_1_0_IN_FRONT, List.of(client.tell(), traces(client)),
				"HTTP/1.0 has no Upgrade (RFC 9110, section 7.8). nginx speaks it to upstreams unless told otherwise.",
				"nginx: proxy_http_version 1.1; or here: switchgate.handshake.accept-http10=true.");
	}

	private static Verdict method(Case handshake) {
		return new Verdict(Finding.METHOD_NOT_GET, handshake.evidence(handshake.client().tell()),
				"A WebSocket handshake is a GET (RFC 6455, section 4.1).",
				"The client: GET. If it sends GET, a hop in front changes the method.");
	}

	private static Verdict body(Case handshake) {
		Head client = handshake.client();
		return new Verdict(Finding.BODY_PRESENT,
				handshake.evidence(client.tell("Content-Length"), client.tell("Transfer-Encoding")),
				"What follows the head of a handshake are frames; with a body two hops could disagree where they begin.",
				"The client or the hop in front that adds it: no body, no Content-Length but 0, no Transfer-Encoding.");
	}

	private static Verdict key(Case handshake) {
		Head client = handshake.client();
		int keys = client.values(SecWebSocketHeaders.KEY).size();
		String explanation = (keys == 0)
				? "The key is missing: a hop in front passes a list of headers only, or the "
						+ "request was written by hand."
				: (keys > 1) ? "The key came " + keys + " times: a hop in front adds a header that is there already."
						: "The key is not 16 bytes in base64, so no RFC 6455 client made it.";
		return new Verdict(Finding.KEY_INVALID, List.of(client.tell(SecWebSocketHeaders.KEY), traces(client)),
				explanation, "The hop in front: pass Sec-WebSocket-Key once and unchanged (nginx and HAProxy do so by "
						+ "themselves). By hand: openssl rand -base64 16.");
	}

	private static Verdict version(Case handshake) {
		Head client = handshake.client();
		return new Verdict(Finding.VERSION_INVALID,
				List.of(client.tell(SecWebSocketHeaders.VERSION), client.tell("User-Agent")),
				"RFC 6455 is version 13. Older numbers are drafts; a missing or doubled one is a hop in front, or a "
						+ "request written by hand.",
				"The client: Sec-WebSocket-Version: 13. If the upstream is to decide: RequireWebSocketVersion=any on "
						+ "the route.");
	}

	private static Verdict draining(Case handshake) {
		return new Verdict(Finding.DRAINING, handshake.evidence(handshake.client().tell()),
				"Tunnels are being closed here, so new ones go elsewhere. Clients come back after Retry-After.",
				"Nothing, if a stop or a drain is meant; /actuator/drain shows it, and a DELETE there cancels it.");
	}

	private static Verdict limit(Case handshake) {
		return new Verdict(Finding.LIMIT_REACHED, handshake.evidence("the cause is " + handshake.cause()),
				"The gateway protects itself and the upstream. Many clients that come back at once reach limits of "
						+ "handshakes; one address with many connections is often a hop in front that is not trusted.",
				"The limit named (configuration.md), more instances, or switchgate.forwarded.trusted: the network of "
						+ "the hop in front.");
	}

	private static Verdict invalid(Case handshake) {
		return new Verdict(Finding.REQUEST_INVALID,
				handshake.evidence(handshake.client().tell(), "the cause is " + handshake.cause()),
				"Hops could read this request in different ways, so the gateway carries it no further.",
				"The client, or the hop in front that builds the request: what the detail says is expected.");
	}

	static @Nullable Verdict left(Case handshake) {
		if (!"client-left".equals(handshake.cause())) {
			return null;
		}
		boolean asked = handshake.request().isThere();
		return new Verdict(Finding.CLIENT_LEFT, List.of(handshake.client().tell(), handshake.answer().tell()),
				asked ? "The upstream had the request but had not answered when the client closed its connection."
						: "The client closed its connection before the upstream had the request.",
				"Look at the times of this record: if the upstream is slow, its start-up or its database; if they are "
						+ "short, the timeout of the client or of the hop in front (nginx: proxy_connect_timeout, "
						+ "proxy_read_timeout), or a page that was left.");
	}

	static @Nullable Verdict noRoute(Case handshake) {
		if (!"no-route".equals(handshake.cause())) {
			return null;
		}
		Head client = handshake.client();
		return new Verdict(Finding.NO_ROUTE, List.of(client.tell(), client.tell("Host")),
				"Predicates are compared with the path and the Host as they arrive here, after what hops in front "
						+ "changed. A slash at the end counts.",
				"A route whose Path and Host fit. nginx in front: proxy_pass without a path keeps the path, "
						+ "proxy_set_header Host $host keeps the host; the command check shows the routes.");
	}

	/**
	 * The client got another answer than the upstream's.
	 */
	static @Nullable Verdict refusedByFilter(Case handshake) {
		boolean refused = "filter-refused".equals(handshake.cause())
				|| handshake.is(ProblemCause.SUCCESS_WITHOUT_TUNNEL);
		if (!refused || !handshake.isTaken()) {
			return null;
		}
		return new Verdict(Finding.REFUSED_BY_FILTER, handshake.evidence(handshake.answer().tell()),
				"The upstream switched, but a filter of the route had the client answered with another status, as "
						+ "SetStatus and CircuitBreaker can. Only a 101 opens a tunnel.",
				"The filters of the route: none that sets a status for upgrades.");
	}

	static @Nullable Verdict answeredByFilter(Case handshake) {
		if (!handshake.upstream().isEmpty() || !handshake.cause().isEmpty()) {
			return null;
		}
		return new Verdict(Finding.ANSWERED_BY_FILTER, handshake.evidence(handshake.client().tell()),
				"The upstream was not asked: a filter of the route answered, as RequestRateLimiter (429), CircuitBreaker "
						+ "(503) or RedirectTo do.",
				"The filters of the route.");
	}

}
