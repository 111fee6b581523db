package io.switchgate.load;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Current value of a meter.
 *
 * @param labels tags of the meter
 * @param value value, rounded
 */
record Sample(Map<String, String> labels, long value) {

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	/**
	 * Finds the samples of a meter.
	 * @param name Prometheus name of the meter
	 */
	static List<Sample> parse(String scrape, String name) {
		return Pattern.compile("\n" + name + "\\{(.*)} ([^\\s]+)")
			.matcher(scrape)
			.results()
			.map((line) -> new Sample(labels(line.group(1)), Math.round(Double.parseDouble(line.group(2)))))
			.toList();
	}

	private static Map<String, String> labels(String text) {
		return LABEL.matcher(text)
			.results()
			.collect(Collectors.toMap((MatchResult label) -> label.group(1), (MatchResult label) -> label.group(2)));
	}

	boolean has(String label, String expected) {
		return expected.equals(this.labels.get(label));
	}

	String label(String name) {
		return this.labels.getOrDefault(name, "");
	}

}
