package io.switchgate.upstream;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequestTimeoutsTests {

	@ParameterizedTest
	@CsvSource({ "1000, PT1S", "5m, PT5M", "1500ms, PT1.5S", "-1, PT0S" })
	void readsTheTimeForTheAnswerAsSpringCloudGatewayDoes(String value, Duration time) {
		assertThat(RequestTimeouts.of(Map.of("response-timeout", value))).isEqualTo(new RequestTimeouts(time, null));
	}

	@ParameterizedTest
	@CsvSource({ "30s, PT30S", "0s, PT0S" })
	void readsTheStallTime(String value, Duration time) {
		assertThat(RequestTimeouts.of(Map.of("stall-time", value))).isEqualTo(new RequestTimeouts(null, time));
	}

	@ParameterizedTest
	@CsvSource({ "response-timeout, 0", "response-timeout, soon", "stall-time, -1s", "stall-time, soon" })
	void refusesInvalidTimes(String name, String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> RequestTimeouts.of(Map.of(name, value)))
			.withMessageStartingWith("metadata " + name + ": ")
			.withMessageContaining("(expected: ");
	}

}
