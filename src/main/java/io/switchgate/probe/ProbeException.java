package io.switchgate.probe;

import io.switchgate.problem.ProblemCause;

/**
 * The probe got no valid answer.
 */
final class ProbeException extends Exception {

	private final transient ProblemCause cause;

	ProbeException(ProblemCause cause, String detail) {
		super(detail);
		this.cause = cause;
	}

	/**
	 * Returns the cause, as the gateway's catalogue names it for an upstream.
	 */
	ProblemCause reason() {
		return this.cause;
	}

}
