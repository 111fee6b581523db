package io.switchgate.bench.traffic;

import java.util.stream.LongStream;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LatenciesTests {

	private final Latencies latencies = new Latencies();

	@Test
	void findsShares() {
		LongStream.rangeClosed(1, 1000).map((i) -> i * 1000).forEach(this.latencies::add);
		assertThat(this.latencies.micros(0.5)).isCloseTo(500, Percentage.withPercentage(1.6));
		assertThat(this.latencies.micros(0.99)).isCloseTo(990, Percentage.withPercentage(1.6));
		assertThat(this.latencies.micros(0.999)).isCloseTo(999, Percentage.withPercentage(1.6));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 63, 64, 127, 128, 129, 255, 256, 4095, 1_000_000, 60_000_000_000L, Long.MAX_VALUE })
	void neverSaysLessThanItWas(long nanos) {
		this.latencies.add(nanos);
		assertThat(this.latencies.micros(0.5)).isBetween(nanos / 1000.0, nanos * (1 + 1 / 64.0) / 1000.0);
	}

	@Test
	void forgets() {
		this.latencies.add(1_000_000);
		this.latencies.clear();
		this.latencies.add(1000);
		assertThat(this.latencies.micros(1)).isLessThan(2);
	}

}
