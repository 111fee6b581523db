package io.switchgate.load;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sizes of the live objects of each class.
 *
 * @param bytes bytes by name of the class
 */
record Histogram(Map<String, Long> bytes) {

	private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(?<bytes>\\d+)\\s+(?<name>\\S+).*");

	/**
	 * Parses the output of {@code jcmd}. Hidden classes with the same name are summed up.
	 */
	static Histogram parse(List<String> lines) {
		return new Histogram(lines.stream()
			.map(LINE::matcher)
			.filter(Matcher::matches)
			.collect(Collectors.toMap((line) -> line.group("name"), (line) -> Long.parseLong(line.group("bytes")),
					Long::sum)));
	}

	/**
	 * Returns the classes that grew most since another histogram.
	 * @param before histogram without the tunnels
	 * @param tunnels number of tunnels that were opened since then
	 * @param classes number of classes to return
	 */
	List<Growth> growthSince(Histogram before, int tunnels, int classes) {
		return this.bytes.entrySet()
			.stream()
			.map((entry) -> new Growth(entry.getKey(),
					(entry.getValue() - before.bytes.getOrDefault(entry.getKey(), 0L)) / (double) tunnels))
			.sorted(Comparator.comparingDouble(Growth::bytes).reversed())
			.limit(classes)
			.toList();
	}

	/**
	 * Growth of a class.
	 *
	 * @param name name of the class
	 * @param bytes bytes for each tunnel
	 */
	record Growth(String name, double bytes) {

	}

}
