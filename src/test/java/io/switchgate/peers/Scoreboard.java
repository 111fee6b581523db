package io.switchgate.peers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Table with the results of several proxies side by side.
 */
final class Scoreboard {

	private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (\\d+ of \\d+) \\|");

	private final Map<String, Map<String, String>> scores = new LinkedHashMap<>();

	private final List<String> missing = new ArrayList<>();

	void add(String name, List<String> lines) {
		Map<String, String> column = new LinkedHashMap<>();
		for (String line : lines) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				column.put(row.group(1), row.group(2));
			}
		}
		this.scores.put(name, column);
	}

	void missing(String name) {
		this.missing.add(name);
	}

	/**
	 * Returns a Markdown table with a column for each proxy, and the names of the proxies
	 * that this machine lacks.
	 */
	String table() {
		List<String> groups = this.scores.values()
			.stream()
			.flatMap((column) -> column.keySet().stream())
			.distinct()
			.toList();
		String table = Stream
			.concat(Stream.of(row("group", this.scores.keySet().stream()),
					row("---", this.scores.keySet().stream().map((name) -> "---"))), groups.stream().map(this::row))
			.collect(Collectors.joining("\n", "", "\n"));
		return this.missing.isEmpty() ? table
				: table + "\nMissing on this machine: " + String.join(", ", this.missing) + "\n";
	}

	private String row(String group) {
		return row(group, this.scores.values().stream().map((column) -> column.getOrDefault(group, "")));
	}

	private static String row(String head, Stream<String> cells) {
		return Stream.concat(Stream.of(head), cells).collect(Collectors.joining(" | ", "| ", " |"));
	}

}
