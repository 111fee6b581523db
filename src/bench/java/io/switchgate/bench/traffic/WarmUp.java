package io.switchgate.bench.traffic;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * Load in slices, until compiled code is no longer getting better.
 *
 * @param slices most of them
 */
public record WarmUp(int slices) {

	/**
	 * For proxies that do not compile while they run.
	 */
	public static final WarmUp ONE_SLICE = new WarmUp(1);

	private static final int SLICE_SECONDS = 5;

	/**
	 * What is left of the CPU time of the slice before when warming up is over.
	 */
	private static final double STEADY = 0.95;

	/**
	 * Returns one that lasts for a number of seconds at most, up to the end of a slice.
	 * @param seconds seconds
	 * @return warming up
	 */
	public static WarmUp of(int seconds) {
		return new WarmUp((seconds + SLICE_SECONDS - 1) / SLICE_SECONDS);
	}

	/**
	 * Puts the load on.
	 * @param load does it for one slice, and returns what was measured
	 */
	public void run(Function<Pace, Map<Figure, Double>> load) {
		Pace pace = new Pace(Duration.ZERO, Duration.ofSeconds(SLICE_SECONDS), this);
		double last = Double.MAX_VALUE;
		for (int slice = 0; slice < this.slices; slice++) {
			double cpu = load.apply(pace).getOrDefault(Figure.CPU, 0.0);
			if (cpu > STEADY * last) {
				return;
			}
			last = cpu;
		}
	}

}
