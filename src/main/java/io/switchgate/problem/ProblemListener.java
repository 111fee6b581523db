package io.switchgate.problem;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/**
 * Is told about the answers that the gateway itself makes.
 */
@FunctionalInterface
public interface ProblemListener {

	/**
	 * Called on an event loop with every such answer.
	 * @param cause entry of the catalogue, or null for an answer of the framework
	 * @param status status of the answer
	 */
	void answered(@Nullable ProblemCause cause, HttpStatusCode status);

}
