package io.switchgate.bench.traffic;

import java.util.List;
import java.util.Map;

/**
 * Clients in a closed loop beside others that read slowly.
 *
 * @param slow number of those
 * @param fast number of the clients that are measured
 */
record Bystanders(int slow, int fast) implements Scenario {

	private static final int SIZE = 64;

	private static final double KIBIBYTES_OF_MEBIBYTE = 1024;

	@Override
	public Map<Figure, Double> play(Crowd crowd, Pace pace) {
		long before = crowd.meter().residentKibibytes();
		Talk talk = new Talk((everybody, tally) -> new Together(
				List.of(new SlowReaders(everybody, this.slow), new ClosedLoop(everybody, tally, this.fast, SIZE))));
		Map<Figure, Double> figures = talk.play(crowd, pace);
		double after = figures.getOrDefault(Figure.MEMORY, Double.NaN);
		figures.put(Figure.GROWTH, after - before / KIBIBYTES_OF_MEBIBYTE);
		return figures;
	}

}
