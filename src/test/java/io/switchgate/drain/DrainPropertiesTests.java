package io.switchgate.drain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.switchgate.fixture.Gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of invalid values, which stop the start.
 */
class DrainPropertiesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "time | -1s | switchgate.drain, time: PT-1S (expected: 0s to 24h)",
					"time | 25h | switchgate.drain, time: PT25H (expected: 0s to 24h)",
					"grace | 2h | switchgate.drain, grace: PT2H (expected: 0s to 1h)",
					"code | 1006 | switchgate.drain, close code: 1006 (expected: 1000 to 1003" })
	void refusesValuesOutOfRange(String name, String value, String message) {
		assertThatThrownBy(() -> Gateway.with().property("switchgate.drain." + name, value).start())
			.hasStackTraceContaining(message);
	}

	@Test
	void refusesAReasonThatIsTooLong() {
		assertThatThrownBy(() -> Gateway.with().property("switchgate.drain.reason", "x".repeat(124)).start())
			.hasStackTraceContaining("switchgate.drain, close reason: 124 bytes (expected: at most 123)");
	}

}
