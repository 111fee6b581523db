package io.switchgate.probe;

import io.switchgate.problem.ProblemCause;

/**
 * There was no answer.
 */
final class ProbeException extends Exception {

	private final transient ProblemCause cause;

	ProbeException(ProblemCause cause, String detail) {
		super(detail);
		this.cause = cause;
	}

	/**
	 * Returns why, in the words that the gateway has for an upstream.
	 */
	ProblemCause reason() {
		return this.cause;
	}

}
