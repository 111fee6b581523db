package io.switchgate.bench;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How much of a figure one proxy has for each one of another, in the rounds that both
 * have.
 *
 * @param median ratio of the middle round
 * @param lowest lowest of all rounds
 * @param highest highest of all rounds
 */
record Ratio(double median, double lowest, double highest) {

	static Ratio of(Map<Integer, Double> values, Map<Integer, Double> reference) {
		List<Double> ratios = values.keySet()
			.stream()
			.filter(reference::containsKey)
			.map((round) -> values.getOrDefault(round, Double.NaN) / reference.getOrDefault(round, Double.NaN))
			.sorted()
			.toList();
		return new Ratio(median(ratios), ratios.isEmpty() ? Double.NaN : ratios.get(0),
				ratios.isEmpty() ? Double.NaN : ratios.get(ratios.size() - 1));
	}

	/**
	 * Returns the value in the middle, or between the two in the middle.
	 */
	static double median(Collection<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		if (sorted.isEmpty()) {
			return Double.NaN;
		}
		int half = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
	}

}
