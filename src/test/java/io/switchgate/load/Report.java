package io.switchgate.load;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.switchgate.acceptance.BuildDirectory;

/**
 * Markdown table of figures. It is printed, and written below the build directory.
 */
final class Report {

	private static final PrintStream CONSOLE = System.out;

	private final List<String> lines = new ArrayList<>();

	Report(String... columns) {
		row(columns);
		row(Stream.of(columns).map((column) -> "---").toArray(String[]::new));
	}

	Report row(String... cells) {
		this.lines.add(Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |")));
		return this;
	}

	/**
	 * Returns the median, the 99th percentile and the maximum of sorted values.
	 */
	static String spread(long[] sorted) {
		if (sorted.length == 0) {
			return "none";
		}
		int last = sorted.length - 1;
		return sorted[last / 2] + " / " + sorted[last * 99 / 100] + " / " + sorted[last];
	}

	void print(String name) {
		String table = String.join("\n", this.lines) + "\n\n" + machine() + "\n";
		CONSOLE.println("\n" + table);
		try {
			Path directory = Files.createDirectories(BuildDirectory.resolve("load"));
			Files.writeString(directory.resolve(name + ".md"), table);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Describes the machine. The load average tells whether it was busy otherwise.
	 */
	private static String machine() {
		OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
		return "Java %s, %d processors for clients, gateway and upstream, load average %.1f of the last minute"
			.formatted(System.getProperty("java.version"), system.getAvailableProcessors(),
					system.getSystemLoadAverage());
	}

}
