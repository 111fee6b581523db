package io.switchgate.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds times after which many tunnels ended.
 */
final class Timers {

	private static final int FEWEST = 5;

	private static final double LEAST_SHARE = 0.1;

	/**
	 * Seconds. Tunnels that end earlier are short conversations rather than victims of a
	 * timer.
	 */
	private static final double SHORTEST = 2;

	private static final double SPREAD = 0.02;

	private static final double SPREAD_SECONDS = 0.5;

	/**
	 * Width of the surroundings, as a multiple of a peak's own width. A timer makes a
	 * peak, which has few other ends in its surroundings.
	 */
	private static final int SURROUNDINGS = 6;

	private static final int PEAK = 3;

	private Timers() {
	}

	/**
	 * Finds clusters among ends of one kind.
	 * @param all how many ends the route has
	 * @return clusters, the largest first
	 */
	static List<CloseCluster> find(List<Close> kind, int all) {
		List<CloseCluster> found = new ArrayList<>();
		List<Close> left = new ArrayList<>(kind);
		while (left.size() >= FEWEST) {
			List<Close> idle = densest(left, Measure.IDLE);
			List<Close> lifetime = densest(left, Measure.LIFETIME);
			Measure measure = (idle.size() >= lifetime.size()) ? Measure.IDLE : Measure.LIFETIME;
			List<Close> members = (measure == Measure.IDLE) ? idle : lifetime;
			if (members.size() < FEWEST || members.size() < LEAST_SHARE * all) {
				break;
			}
			found.add(CloseCluster.of(measure, members, all));
			left.removeAll(members);
		}
		return found;
	}

	/**
	 * Returns the ends of the largest peak, the earliest first.
	 */
	private static List<Close> densest(List<Close> closes, Measure measure) {
		List<Close> sorted = closes.stream().sorted(Comparator.comparingDouble(measure::seconds)).toList();
		List<Close> best = List.of();
		int end = 0;
		for (int start = 0; start < sorted.size(); start++) {
			double first = measure.seconds(sorted.get(start));
			while (end < sorted.size() && measure.seconds(sorted.get(end)) <= first + width(first)) {
				end++;
			}
			List<Close> window = sorted.subList(start, end);
			if (first >= SHORTEST && window.size() > best.size() && isPeak(window, sorted, measure)) {
				best = window;
			}
		}
		return best;
	}

	private static double width(double seconds) {
		return 2 * Math.max(SPREAD * seconds, SPREAD_SECONDS);
	}

	private static boolean isPeak(List<Close> window, List<Close> sorted, Measure measure) {
		double first = measure.seconds(window.get(0));
		double width = width(first);
		double reach = width * (SURROUNDINGS - 1) / 2;
		long around = sorted.stream()
			.mapToDouble(measure::seconds)
			.filter((seconds) -> seconds >= first - reach && seconds <= first + width + reach)
			.count() - window.size();
		return window.size() * (SURROUNDINGS - 1L) >= PEAK * around;
	}

}
