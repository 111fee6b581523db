package io.switchgate.configuration;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of the policy of a route for its older tunnels.
 */
class TunnelPolicyTests {

	@Test
	void theRouteOverridesTheProperty() {
		assertThat(TunnelPolicy.of(Map.of("on-change", "Cut"), TunnelPolicy.ON_CHANGE, TunnelPolicy.KEEP))
			.isEqualTo(TunnelPolicy.CUT);
		assertThat(TunnelPolicy.of(Map.of("on-removal", "cut"), TunnelPolicy.ON_CHANGE, TunnelPolicy.KEEP))
			.isEqualTo(TunnelPolicy.KEEP);
	}

	@Test
	void anUnknownPolicyIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TunnelPolicy.of(Map.of("on-change", "maybe"), TunnelPolicy.ON_CHANGE, TunnelPolicy.KEEP))
			.withMessage("metadata on-change: maybe (expected: one of keep, drain, cut)");
	}

}
