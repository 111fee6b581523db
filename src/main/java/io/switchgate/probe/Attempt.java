package io.switchgate.probe;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.switchgate.doctor.Verdict;
import io.switchgate.journal.HandshakeRecord;
import io.switchgate.problem.ProblemCause;

/**
 * How a probe of a target went.
 *
 * @param target target
 * @param side exchange with it, without secrets
 * @param failure why there was no answer, or null if there was one
 * @param talk what was exchanged through the tunnel, or null if there was none
 * @param plain what a plain GET was answered, or null if none was sent
 * @param times how long the steps took, by their names
 * @param verdict what it means
 */
record Attempt(Target target, HandshakeRecord.Side side, @Nullable ProbeException failure, @Nullable Talk talk,
		@Nullable String plain, Map<String, Duration> times, Verdict verdict) {

	static final int GOOD = 0;

	static final int NO_UPGRADE = 1;

	static final int NO_CONNECTION = 3;

	static final int NO_ECHO = 4;

	/**
	 * Returns the exit status of the program.
	 */
	int exitStatus() {
		if (this.failure != null) {
			return (this.side.connection() == null || this.failure.reason() == ProblemCause.UPSTREAM_TLS_FAILED)
					? NO_CONNECTION : NO_UPGRADE;
		}
		if (this.talk == null) {
			return NO_UPGRADE;
		}
		return this.talk.isGood() ? GOOD : NO_ECHO;
	}

	boolean isSwitched() {
		return this.talk != null;
	}

	boolean isAnswered() {
		return this.side.answer() != null;
	}

	/**
	 * Returns status and reason phrase of the answer, or why there was no answer.
	 */
	String status() {
		if (this.side.answer() != null) {
			return this.side.answer().line().substring("HTTP/1.1 ".length());
		}
		return (this.failure != null) ? this.failure.reason().code() : "";
	}

}
