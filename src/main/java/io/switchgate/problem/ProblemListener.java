package io.switchgate.problem;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/**
 * Hears what the gateway itself answers.
 */
@FunctionalInterface
public interface ProblemListener {

	/**
	 * Called with every answer of the gateway's own, on an event loop.
	 * @param cause entry of the catalogue, or null for what the framework answers
	 * @param status status of the answer
	 */
	void answered(@Nullable ProblemCause cause, HttpStatusCode status);

}
