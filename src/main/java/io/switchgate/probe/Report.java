package io.switchgate.probe;

import java.io.PrintStream;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.switchgate.doctor.Finding;
import io.switchgate.doctor.Verdict;
import io.switchgate.journal.ConnectionFacts;
import io.switchgate.journal.HeaderBlock;
import io.switchgate.websocket.SecWebSocketHeaders;

/**
 * Prints the result of a probe.
 *
 * @param out for all lines
 */
record Report(PrintStream out) {

	/**
	 * Prints an attempt.
	 */
	void print(Attempt attempt) {
		line("* " + attempt.target() + connection(attempt.side().connection()));
		block(">", (attempt.side().connection() != null) ? attempt.side().request() : null);
		block("<", attempt.side().answer());
		if (attempt.failure() != null) {
			line("* " + attempt.failure().getMessage());
		}
		if (attempt.talk() != null) {
			line("* negotiated: " + negotiated(attempt.side().answer()));
			talk(attempt.talk());
		}
		if (attempt.plain() != null) {
			line("* a plain GET of the same path: " + attempt.plain() + meaning(attempt));
		}
		line("* times: " + Times.text(attempt.times()));
		line("");
		verdict(attempt.verdict());
	}

	private static String connection(@Nullable ConnectionFacts facts) {
		if (facts == null) {
			return ": not connected";
		}
		ConnectionFacts.Tls tls = facts.tls();
		String encrypted = (tls != null) ? ", " + tls.version() + ", " + tls.cipher() : "";
		String protocol = (tls != null && tls.applicationProtocol() != null) ? ", ALPN " + tls.applicationProtocol()
				: "";
		return ": connected to " + facts.remote() + encrypted + protocol;
	}

	private void block(String mark, @Nullable HeaderBlock block) {
		if (block != null) {
			line(mark + " " + block.line());
			block.headers().forEach((header) -> line(mark + " " + header.name() + ": " + header.value()));
			line(mark);
		}
	}

	private static String negotiated(@Nullable HeaderBlock answer) {
		List<String> subprotocol = (answer != null) ? answer.values(SecWebSocketHeaders.PROTOCOL) : List.of();
		List<String> extensions = (answer != null) ? answer.values(SecWebSocketHeaders.EXTENSIONS) : List.of();
		return (subprotocol.isEmpty() ? "no subprotocol" : "subprotocol " + subprotocol.get(0)) + ", "
				+ (extensions.isEmpty() ? "no extensions" : "extensions " + String.join(", ", extensions));
	}

	private void talk(Talk talk) {
		if (talk.greetings() > 0) {
			line("* messages before the probe said anything: " + talk.greetings());
		}
		line("* ping: " + ((talk.pong() != null) ? "pong after " + Times.text(talk.pong()) : "no pong"));
		line("* message: " + ((talk.reply() != null) ? talk.reply()
				: "no message came back" + ((talk.ending() != null) ? "" : " within " + Times.text(talk.waited()))));
		if (talk.ending() != null) {
			line("* end: by the server after " + Times.text(talk.ending().lifetime()) + ", "
					+ talk.ending().cause().code() + " " + talk.ending().code()
					+ (talk.reason().isEmpty() ? "" : " (" + talk.reason() + ")"));
		}
		if (talk.closed() != null) {
			line("* end: " + talk.closed());
		}
	}

	/**
	 * Explains a 404 to the upgrade with the answer to the plain GET.
	 */
	private static String meaning(Attempt attempt) {
		if (!attempt.status().startsWith("404") || attempt.plain() == null) {
			return "";
		}
		return attempt.plain().startsWith("404")
				? " too: nothing is at this path, or what is there got the upgrade as a plain request"
				: ", so that the path is there, for plain requests";
	}

	/**
	 * Prints a verdict; of a successful handshake only its title. The doctor's texts are
	 * about a gateway and its upstream, so they are adapted: the upstream is the server
	 * that the probe asks.
	 */
	private void verdict(Verdict verdict) {
		line("verdict: " + asked(verdict.finding().title()) + " [" + verdict.finding().code() + "]");
		if (verdict.finding() == Finding.SWITCHED) {
			return;
		}
		verdict.evidence().forEach((fact) -> line("  - " + asked(fact)));
		line("  " + asked(verdict.explanation()));
		line("  remedy: " + asked(verdict.remedy()));
	}

	private static String asked(String text) {
		return text.replace("the upstream", "the server").replace("The upstream", "The server");
	}

	/**
	 * Prints a line without its unprintable characters.
	 * @param text text, of which only what is printable comes out
	 */
	void line(String text) {
		this.out.println(Printable.of(text));
	}

}
