package io.switchgate.doctor;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.HandshakeRecord.Ending;
import io.switchgate.journal.HandshakeRecord.Side;
import io.switchgate.problem.ProblemCause;

/**
 * A handshake as rules look at it.
 *
 * @param client what the client sent
 * @param request what the upstream got
 * @param answer what the upstream answered
 * @param upstream scheme, host and port of the upstream, empty if no request was sent
 * @param cause code of the cause, or empty
 * @param detail cause in words, or empty
 * @param ending how the tunnel ended, if it has
 */
record Case(Head client, Head request, Head answer, String upstream, String cause, String detail,
		@Nullable Ending ending) {

	/**
	 * Start of a sentence of evidence about the client.
	 */
	static final String CLIENT = "the client sent";

	static Case of(HandshakeRecord handshake) {
		Side asked = handshake.upstream();
		return of(new Head(CLIENT, handshake.client().request()), asked, handshake.result().cause(),
				handshake.result().detail(), handshake.ending());
	}

	static Case of(Side asked, @Nullable String cause, @Nullable String detail, @Nullable Ending ending) {
		return of(new Head(CLIENT, null), asked, cause, detail, ending);
	}

	private static Case of(Head client, @Nullable Side asked, @Nullable String cause, @Nullable String detail,
			@Nullable Ending ending) {
		return new Case(client, new Head("the upstream got", (asked != null) ? asked.request() : null),
				new Head("the upstream answered", (asked != null) ? asked.answer() : null),
				(asked != null) ? asked.address() : "", (cause != null) ? cause : "", (detail != null) ? detail : "",
				ending);
	}

	boolean is(ProblemCause cause) {
		return this.cause.equals(cause.code());
	}

	/**
	 * Returns whether the upstream accepted the upgrade, correctly or not.
	 */
	boolean isTaken() {
		return this.answer.status() == 101 || (this.answer.status() == 200 && this.request.isConnect());
	}

	boolean isSwitched() {
		return isTaken() && this.cause.isEmpty();
	}

	boolean isTls() {
		return this.upstream.startsWith("https") || this.upstream.startsWith("wss");
	}

	/**
	 * Returns facts together with what the gateway or the network reported.
	 */
	List<String> evidence(String... facts) {
		List<String> evidence = new ArrayList<>(List.of(facts));
		if (!this.detail.isEmpty()) {
			evidence.add("what was noted is: " + this.detail);
		}
		return List.copyOf(evidence);
	}

}
