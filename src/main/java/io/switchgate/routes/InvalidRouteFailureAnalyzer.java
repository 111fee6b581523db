package io.switchgate.routes;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints the sentence about an invalid route instead of a stack trace.
 */
class InvalidRouteFailureAnalyzer extends AbstractFailureAnalyzer<InvalidRouteException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidRouteException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Correct the route in the configuration, usually ./config/application.yml, and start again.", cause);
	}

}
