package io.switchgate.journal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.switchgate.problem.ProblemCause;

import static org.assertj.core.api.Assertions.assertThat;

class HandshakeOutcomeTests {

	@ParameterizedTest
	@EnumSource
	void statusOfEveryCauseTellsRejectedFromFailed(ProblemCause cause) {
		assertThat(cause.status().isError()).isTrue();
		assertThat(HandshakeOutcome.ofError(cause.status().value()))
			.isEqualTo(isFailure(cause) ? HandshakeOutcome.FAILED : HandshakeOutcome.REJECTED);
	}

	private static boolean isFailure(ProblemCause cause) {
		return cause.name().startsWith("UPSTREAM_") || cause == ProblemCause.GATEWAY_FAILED
				|| cause == ProblemCause.SUCCESS_WITHOUT_TUNNEL;
	}

}
