package io.switchgate.doctor;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Judges answers by their status alone. These rules come last, when no other rule knows
 * more.
 */
final class AnswerRules {

	private AnswerRules() {
	}

	static @Nullable Verdict method(Case handshake) {
		int status = handshake.answer().status();
		return (status != 405 && status != 501) ? null
				: verdict(Finding.METHOD_REFUSED, handshake,
						"The path exists, but takes no GET, or no upgrade: an endpoint of an API, or a server without "
								+ "WebSocket.",
						"The path of the WebSocket endpoint; the server's WebSocket module.");
	}

	static @Nullable Verdict success(Case handshake) {
		if (handshake.answer().status() / 100 != 2 || handshake.isTaken()) {
			return null;
		}
		return handshake.answer().isPage()
				? verdict(Finding.PAGE_INSTEAD, handshake,
						"A page came back: the fallback of a single-page application that answers every path, a login "
								+ "page, or a captive portal.",
						"The route: its path to the application server, before the one to the pages (nginx: a location "
								+ "for the WebSocket path before try_files $uri /index.html).")
				: verdict(Finding.SUCCESS_INSTEAD, handshake,
						"The upstream ignored the upgrade and answered the GET. Socket.IO and SockJS answer so on paths "
								+ "of their polling.",
						"The path of the WebSocket itself (SockJS: /websocket at the end; Socket.IO: "
								+ "transport=websocket); WebSocket support in the server.");
	}

	static @Nullable Verdict overloaded(Case handshake) {
		int status = handshake.answer().status();
		return (status != 429 && status != 503) ? null : verdict(Finding.OVERLOADED, handshake,
				(status == 429) ? "The upstream, or a hop behind, limits how often one client may ask. All clients "
						+ "may look like one to it."
						: "The upstream has no room, is starting, or a hop behind has no " + "healthy backend.",
				"Clients that come back after Retry-After, with a delay by chance. "
						+ ((status == 429) ? "The limit, and whom it counts: X-Forwarded-For as the upstream trusts it."
								: "Health checks of the hop behind; workers of the upstream."));
	}

	static @Nullable Verdict hopFailed(Case handshake) {
		int status = handshake.answer().status();
		return (status != 502 && status != 504) ? null : verdict(Finding.HOP_BEHIND_FAILED, handshake,
				(status == 502) ? "A hop behind could not reach the application, or took its 101 for a broken answer."
						: "A hop behind waited for the application in vain.",
				"The log of that hop. " + Hop.of(handshake.answer()).upgradeRemedy());
	}

	static @Nullable Verdict error(Case handshake) {
		int kind = handshake.answer().status() / 100;
		if (kind == 4) {
			return verdict(Finding.REQUEST_REFUSED, handshake,
					"The upstream refuses this request for a reason of its own.",
					"The body of the answer, which went to the client, and the upstream's log at this time.");
		}
		return (kind == 5) ? verdict(Finding.UPSTREAM_ERROR, handshake,
				"The application failed before it accepted. FastAPI answers 500 when an endpoint raises, or returns, "
						+ "before accept().",
				"The stack trace in the upstream's log at this time.") : null;
	}

	private static Verdict verdict(Finding finding, Case handshake, String explanation, String remedy) {
		Head answer = handshake.answer();
		return new Verdict(finding, List.of(handshake.request().tell(), answer.tell(), answer.tell("Server"),
				answer.tell("Content-Type"), answer.tell("Retry-After")), explanation, remedy);
	}

}
