package io.switchgate.problem;

import org.springframework.http.ProblemDetail;

/**
 * Hears what the gateway itself answers.
 */
@FunctionalInterface
public interface ProblemListener {

	/**
	 * Called with every answer of the gateway's own, on an event loop.
	 * @param problem what the client is told
	 */
	void answered(ProblemDetail problem);

}
