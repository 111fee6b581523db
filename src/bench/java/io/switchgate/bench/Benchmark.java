package io.switchgate.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.bench.traffic.Load;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures what the options name, prints a table, and keeps it below the build directory.
 * It never fails on figures, only on messages that came back changed or not at all.
 */
class Benchmark {

	private static final PrintStream CONSOLE = System.out;

	@Test
	void measures() throws IOException {
		Options options = Options.parse(System.getProperties());
		Contenders contenders = new Contenders(options);
		Results results = new Results();
		try (Surroundings surroundings = new Surroundings()) {
			for (Load load : options.loads()) {
				try (Campaign campaign = new Campaign(load, options.plan(), surroundings, results)) {
					campaign.run(contenders.found());
				}
			}
		}
		report(options, contenders.found(), results);
		assertThat(results.wrongEchoes()).isEmpty();
	}

	private static void report(Options options, List<Contender> contenders, Results results) throws IOException {
		String table = new Table(results, contenders).markdown(options.loads());
		Path directory = Files.createDirectories(BuildDirectory.resolve("bench"));
		Files.writeString(directory.resolve("results.md"), table);
		CONSOLE.println("\n" + table);
	}

}
