package io.switchgate.observability;

import java.net.URI;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

import io.switchgate.problem.ProblemListener;

/**
 * Counts what the gateway itself answers.
 */
final class ProblemMetrics implements ProblemListener {

	private final MeterRegistry registry;

	ProblemMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void answered(ProblemDetail problem) {
		Counter.builder(GatewayMeters.PROBLEMS.meterName())
			.description("Answers of the gateway's own")
			.tag("cause", cause(problem.getType()))
			.tag("status", String.valueOf(problem.getStatus()))
			.register(this.registry)
			.increment();
	}

	/**
	 * Returns the last part of the type, as in {@code key-invalid}, or {@code none}.
	 */
	private static String cause(@Nullable URI type) {
		return (type != null && "urn".equals(type.getScheme()))
				? type.getSchemeSpecificPart().substring(type.getSchemeSpecificPart().lastIndexOf(':') + 1) : "none";
	}

}
