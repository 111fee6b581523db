package io.switchgate.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemListener;

/**
 * Counts the answers that the gateway itself makes.
 */
final class ProblemMetrics implements ProblemListener {

	private final MeterRegistry registry;

	ProblemMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void answered(@Nullable ProblemCause cause, HttpStatusCode status) {
		Counter.builder(GatewayMeters.PROBLEMS.meterName())
			.description("Answers of the gateway's own")
			.tag("cause", (cause != null) ? cause.code() : "none")
			.tag("status", String.valueOf(status.value()))
			.register(this.registry)
			.increment();
	}

}
