package io.switchgate.doctor;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.Redaction;
import io.switchgate.problem.ProblemCause;
import io.switchgate.websocket.SecWebSocketHeaders;
import io.switchgate.websocket.SecWebSocketKey;
import io.switchgate.websocket.SwitchCheck;
import io.switchgate.websocket.SwitchCheck.Violation;

/**
 * Checks a 101 as RFC 6455, section 4.1, requires, and what it settled.
 */
final class SwitchRules {

	/**
	 * Accept value of the key in RFC 6455, section 1.3, which examples copy.
	 */
	private static final String ACCEPT_OF_THE_RFC = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

	private SwitchRules() {
	}

	private static SwitchCheck check(Case handshake) {
		return new SwitchCheck(handshake.request()::values, handshake.answer()::values);
	}

	static @Nullable Verdict upgradeHeaders(Case handshake) {
		Head answer = handshake.answer();
		SwitchCheck check = check(handshake);
		if (answer.status() != 101 || (!check.has(Violation.UPGRADE) && !check.has(Violation.CONNECTION))) {
			return null;
		}
		return new Verdict(Finding.UPGRADE_ANSWER_WRONG,
				List.of(answer.tell(), answer.tell("Upgrade"), answer.tell("Connection"), answer.tell("Server")),
				"A 101 names what it switches to. These headers are hop-by-hop: a hop behind that passes the status but "
						+ "not the headers does this, and so does an answer written by hand.",
				"The hop behind: " + Hop.of(answer).upgradeRemedy() + " By hand: Upgrade: websocket and Connection: "
						+ "Upgrade in the 101.");
	}

	static @Nullable Verdict accept(Case handshake) {
		Head answer = handshake.answer();
		SecWebSocketKey key = SecWebSocketKey.of(handshake.request().values(SecWebSocketHeaders.KEY));
		if (answer.status() != 101 || key == null || !check(handshake).has(Violation.ACCEPT)) {
			return null;
		}
		return new Verdict(Finding.ACCEPT_WRONG,
				List.of(handshake.request().tell(SecWebSocketHeaders.KEY), answer.tell(SecWebSocketHeaders.ACCEPT),
						"the key asks for " + key.accept(), answer.tell("Server")),
				"Whoever answered did not compute the accept from this key: " + whyAccept(handshake),
				"Take the answer from the library, not from a cache or by hand: base64 of SHA-1 of the key and "
						+ "258EAFA5-E914-47DA-95CA-C5AB0DC85B11. A hop behind: no caching of the path (nginx: "
						+ "proxy_cache off;), and one key header.");
	}

	private static String whyAccept(Case handshake) {
		List<String> accepts = handshake.answer().values(SecWebSocketHeaders.ACCEPT);
		if (accepts.isEmpty()) {
			return "there is none. The server speaks no RFC 6455, or a hop behind dropped the header.";
		}
		if (accepts.size() > 1) {
			return "there is more than one, so two hops or two libraries added it.";
		}
		String accept = accepts.get(0);
		if (isAcceptOf(handshake.client().values(SecWebSocketHeaders.KEY), accept)) {
			return "it fits the client's own key, which a filter or a hop replaced on the way.";
		}
		if (accept.equals(ACCEPT_OF_THE_RFC)) {
			return "it is the one of the example in RFC 6455, so the answer is canned.";
		}
		if (decodedLength(accept) == 40) {
			return "it is base64 of the digest in hexadecimal, not of its bytes.";
		}
		return (decodedLength(accept) == 20)
				? "it looks like that of another key: a cached answer, or the key was decoded, trimmed or changed first."
				: "it is no digest at all.";
	}

	private static boolean isAcceptOf(List<String> keys, String accept) {
		return keys.stream()
			.filter(SecWebSocketKey::isValid)
			.anyMatch((key) -> new SecWebSocketKey(key).accept().equals(accept));
	}

	private static int decodedLength(String accept) {
		try {
			return Base64.getDecoder().decode(accept.getBytes(StandardCharsets.ISO_8859_1)).length;
		}
		catch (IllegalArgumentException ex) {
			return -1;
		}
	}

	static @Nullable Verdict extension(Case handshake) {
		if (!handshake.isTaken() || !check(handshake).has(Violation.EXTENSION_NOT_OFFERED)) {
			return null;
		}
		return new Verdict(Finding.EXTENSION_NOT_OFFERED,
				List.of(handshake.request().tell(SecWebSocketHeaders.EXTENSIONS),
						handshake.answer().tell(SecWebSocketHeaders.EXTENSIONS)),
				"A client must end a connection with an extension that it did not offer. A hop that drops the offer but "
						+ "not the answer, or a server that always compresses, does this.",
				"The server: accept what was offered only (Node ws: perMessageDeflate: false; uvicorn: "
						+ "--ws-per-message-deflate false). The hop: pass Sec-WebSocket-Extensions both ways.");
	}

	/**
	 * Checks the subprotocol. Values may be hidden; then the cause that the gateway
	 * recorded decides.
	 */
	static @Nullable Verdict subprotocol(Case handshake) {
		Head answer = handshake.answer();
		List<String> chosen = answer.values(SecWebSocketHeaders.PROTOCOL);
		boolean seen = !chosen.contains(Redaction.HIDDEN) && check(handshake).has(Violation.SUBPROTOCOL_NOT_OFFERED);
		boolean noted = handshake.is(ProblemCause.UPSTREAM_ANSWER_INVALID) && handshake.detail().contains("Protocol");
		if (!handshake.isTaken() || chosen.isEmpty() || (!noted && !seen)) {
			return null;
		}
		return new Verdict(Finding.SUBPROTOCOL_NOT_OFFERED,
				handshake.evidence(handshake.request().tell(SecWebSocketHeaders.PROTOCOL),
						answer.tell(SecWebSocketHeaders.PROTOCOL)),
				"A client must end a connection with a subprotocol that it did not offer, or with more than one.",
				"The server: choose one of the offered ones, or none (FastAPI: accept(subprotocol=...); Node ws: "
						+ "handleProtocols). The client: offer it.");
	}

	static @Nullable Verdict invalid(Case handshake) {
		return (handshake.isTaken() && handshake.is(ProblemCause.UPSTREAM_ANSWER_INVALID))
				? new Verdict(Finding.NOT_HTTP, handshake.evidence(handshake.answer().tell()),
						"The 101 breaks a rule that no other finding names.", "The upstream's framework.")
				: null;
	}

	/**
	 * Browsers fail the connection in this case (WHATWG WebSockets, establish a
	 * connection). So it is a finding unless the tunnel stayed open.
	 */
	static @Nullable Verdict notChosen(Case handshake) {
		Head request = handshake.request();
		if (!handshake.isSwitched() || !request.has(SecWebSocketHeaders.PROTOCOL)
				|| handshake.answer().has(SecWebSocketHeaders.PROTOCOL)
				|| (handshake.ending() != null && !handshake.ending().isEarly())) {
			return null;
		}
		return new Verdict(Finding.SUBPROTOCOL_NOT_CHOSEN,
				List.of(request.tell(SecWebSocketHeaders.PROTOCOL),
						handshake.answer().tell(SecWebSocketHeaders.PROTOCOL)),
				"Browsers end the connection when they offered subprotocols and the server chose none; other clients go "
						+ "on.",
				"The server: choose one (FastAPI: accept(subprotocol=...); Node ws: handleProtocols; Spring: "
						+ "setSupportedProtocols). The client: offer none.");
	}

	static @Nullable Verdict switched(Case handshake) {
		if (!handshake.isSwitched()) {
			return null;
		}
		Head answer = handshake.answer();
		Head client = handshake.client();
		if (client.tokens("Upgrade").values().size() > 1 || hasTwice(client, "upgrade")) {
			return new Verdict(Finding.SWITCHED_THOUGH_DOUBLED,
					List.of(client.tell("Upgrade"), client.tell("Connection"), answer.tell()),
					"The gateway sends each header once, so the upgrade works here. A server that compares the value "
							+ "as a whole would refuse it.",
					"The hop in front: set the header instead of adding it, in one place. nginx: one proxy_set_header "
							+ "Connection in the location.");
		}
		return new Verdict(Finding.SWITCHED,
				List.of(answer.tell(), answer.tell(SecWebSocketHeaders.PROTOCOL),
						answer.tell(SecWebSocketHeaders.EXTENSIONS)),
				"The upstream switched, and its 101 proves the key.", "Nothing.");
	}

	private static boolean hasTwice(Head head, String option) {
		return head.tokens("Connection").values().stream().filter(option::equalsIgnoreCase).count() > 1;
	}

}
