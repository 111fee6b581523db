package io.switchgate.probe;

import java.io.IOException;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.switchgate.doctor.Doctor;
import io.switchgate.doctor.Verdict;
import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.HeaderBlock;
import io.switchgate.journal.Redaction;
import io.switchgate.websocket.SecWebSocketHeaders;

/**
 * Makes handshakes.
 *
 * @param options what the command was asked for
 */
record Probe(ProbeOptions options) {

	private static final int NOT_FOUND = 404;

	/**
	 * Sends an upgrade request, and exchanges frames if the upstream switches.
	 */
	Attempt attempt(Target target) {
		Head request = new Requests(this.options).upgrade(target);
		try (Steps steps = new Steps(this.options.timeout()); Exchange exchange = new Exchange(steps)) {
			exchange.ask(target, request, this.options.tls());
			HandshakeRecord.Side side = side(target, request, exchange);
			Head answer = exchange.answer();
			Talk talk = talk(exchange, answer, steps);
			boolean unknownPath = answer != null && answer.status() == NOT_FOUND;
			String plain = (this.options.plain() || unknownPath) ? plain(target) : null;
			return new Attempt(target, side, exchange.failure(), talk, plain, steps.times(),
					verdict(side, exchange.failure(), talk));
		}
	}

	/**
	 * Sends the same request without an upgrade.
	 * @return status and reason phrase, or why there was no answer
	 */
	String plain(Target target) {
		try (Steps steps = new Steps(this.options.timeout()); Exchange exchange = new Exchange(steps)) {
			exchange.ask(target, new Requests(this.options).plain(target), this.options.tls());
			ProbeException failure = exchange.failure();
			return (failure != null) ? failure.reason().code()
					: Objects.requireNonNull(exchange.answer()).line().substring("HTTP/1.1 ".length());
		}
	}

	private @Nullable Talk talk(Exchange exchange, @Nullable Head answer, Steps steps) {
		Connection connection = exchange.switched();
		if (connection == null || answer == null) {
			return null;
		}
		Talk talk = new Conversation(connection, steps).hold(this.options.message(),
				!answer.values(SecWebSocketHeaders.EXTENSIONS).isEmpty());
		try {
			steps.bound(() -> {
				connection.end();
				return connection;
			});
		}
		catch (IOException | ProbeException ex) {
			// The answer is known, so an error at the end does not matter.
		}
		return talk;
	}

	private static HandshakeRecord.Side side(Target target, Head request, Exchange exchange) {
		Connection connection = exchange.connection();
		Head answer = exchange.answer();
		return new HandshakeRecord.Side(target.scheme() + "://" + target.address(),
				(connection != null) ? connection.facts() : null, block(request),
				(answer != null) ? block(answer) : null);
	}

	private static HeaderBlock block(Head head) {
		return Redaction.standard().block(head.line(), head.headers());
	}

	private static Verdict verdict(HandshakeRecord.Side side, @Nullable ProbeException failure, @Nullable Talk talk) {
		HandshakeRecord.Ending ending = (talk != null && talk.isEarly()) ? talk.ending() : null;
		return (failure != null) ? Doctor.examine(side, failure.reason().code(), failure.getMessage(), ending)
				: Doctor.examine(side, null, ending);
	}

}
