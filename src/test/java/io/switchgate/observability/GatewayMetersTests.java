package io.switchgate.observability;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.switchgate.fixture.Documentation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the documentation of the meters.
 */
class GatewayMetersTests {

	@ParameterizedTest
	@EnumSource
	void everyMeterIsDocumented(GatewayMeters meter) {
		assertThat(Documentation.page("metrics.md")).contains("| `" + meter.meterName() + "` |");
	}

}
