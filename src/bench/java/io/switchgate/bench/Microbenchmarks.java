package io.switchgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import io.switchgate.acceptance.BuildDirectory;

/**
 * Time and garbage of single classes, measured by JMH.
 */
final class Microbenchmarks {

	private static final int ITERATIONS = 5;

	private Microbenchmarks() {
	}

	static void run() throws IOException {
		Path directory = Files.createDirectories(BuildDirectory.resolve("bench"));
		try {
			new Runner(new OptionsBuilder().include("^io\\.switchgate\\.")
				.forks(1)
				.warmupIterations(ITERATIONS)
				.warmupTime(TimeValue.seconds(1))
				.measurementIterations(ITERATIONS)
				.measurementTime(TimeValue.seconds(1))
				.addProfiler(GCProfiler.class)
				.resultFormat(ResultFormatType.TEXT)
				.result(directory.resolve("jmh.txt").toString())
				.build()).run();
		}
		catch (RunnerException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
