package io.switchgate.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.switchgate.bench.traffic.Load;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures what the options name, prints a table, and keeps it below the build directory.
 * It never fails on figures, only on messages that came back changed or not at all.
 */
class Benchmark {

	@Test
	@Timeout(value = 12, unit = TimeUnit.HOURS)
	void measures() throws IOException {
		Options options = Options.parse(System.getProperties());
		if (options.microbenchmarks()) {
			Microbenchmarks.run();
		}
		if (!options.loads().isEmpty()) {
			compare(options, new Contenders(options));
		}
	}

	private static void compare(Options options, Contenders contenders) throws IOException {
		Conditions conditions = Conditions.now(options.variants());
		Results results = new Results();
		try (Surroundings surroundings = new Surroundings()) {
			for (Load load : options.loads()) {
				try (Campaign campaign = new Campaign(load, options.plan(), surroundings, results)) {
					campaign.run(contenders.found());
				}
			}
		}
		new Report(options, contenders, results, conditions).publish(options.readme());
		assertThat(results.wrongEchoes()).isEmpty();
	}

}
