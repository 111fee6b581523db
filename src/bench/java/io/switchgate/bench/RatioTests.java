package io.switchgate.bench;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RatioTests {

	@Test
	void medianIsInTheMiddle() {
		assertThat(Ratio.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
		assertThat(Ratio.median(List.of(4.0, 1.0))).isEqualTo(2.5);
		assertThat(Ratio.median(List.of())).isNaN();
	}

	@Test
	void comparesRoundByRound() {
		Map<Integer, Double> values = Map.of(1, 2.0, 2, 30.0, 3, 1.0);
		Map<Integer, Double> reference = Map.of(1, 4.0, 2, 10.0, 3, 1.0);
		assertThat(Ratio.of(values, reference)).isEqualTo(new Ratio(1, 0.5, 3));
	}

	@Test
	void leavesOutRoundsThatOneOfThemLacks() {
		assertThat(Ratio.of(Map.of(1, 2.0, 2, 3.0), Map.of(2, 1.0))).isEqualTo(new Ratio(3, 3, 3));
		assertThat(Ratio.of(Map.of(1, 2.0), Map.of()).median()).isNaN();
	}

}
