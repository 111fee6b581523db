package io.switchgate.bench.traffic;

import java.util.HashMap;
import java.util.Map;

/**
 * A proxy that has just started, and has nothing to do.
 */
record Rest() implements Scenario {

	private static final double MICROS_OF_SECOND = 1e6;

	private static final double KIBIBYTES_OF_MEBIBYTE = 1024;

	@Override
	public Map<Figure, Double> play(Crowd crowd, Pace pace) {
		Map<Figure, Double> figures = new HashMap<>();
		ClosedLoop greeting = new ClosedLoop(crowd, new Tally(), 1, 64);
		greeting.open();
		figures.put(Figure.START, crowd.meter().cpuMicros() / MICROS_OF_SECOND);
		crowd.pass(pace.measure());
		figures.put(Figure.MEMORY, crowd.meter().residentKibibytes() / KIBIBYTES_OF_MEBIBYTE);
		return figures;
	}

}
