package io.switchgate.bench.traffic;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * An activity, of which a part is measured when it has settled.
 *
 * @param opener begins it
 */
record Talk(Opener opener) implements Scenario {

	private static final double KIBIBYTES_OF_MEBIBYTE = 1024;

	@Override
	public Map<Figure, Double> play(Crowd crowd, Pace pace) {
		Tally tally = new Tally();
		Activity activity = this.opener.open(crowd, tally);
		activity.open();
		crowd.run(activity::start);
		crowd.pass(pace.settle());
		crowd.run(tally::clear);
		Callable<Reading> look = () -> new Reading(System.nanoTime(), crowd.meter().cpuMicros(), tally.count());
		Reading before = crowd.onLoop(look);
		crowd.pass(pace.measure());
		Map<Figure, Double> figures = crowd.onLoop(() -> figures(tally, before, look.call()));
		figures.put(Figure.MEMORY, crowd.meter().residentKibibytes() / KIBIBYTES_OF_MEBIBYTE);
		crowd.end(activity);
		return figures;
	}

	private static Map<Figure, Double> figures(Tally tally, Reading before, Reading after) {
		double count = after.count() - before.count();
		if (count == 0) {
			throw new TrafficException("nothing came back");
		}
		Map<Figure, Double> figures = new EnumMap<>(Figure.class);
		figures.put(Figure.CPU, (after.cpuMicros() - before.cpuMicros()) / count);
		figures.put(Figure.RATE, count * TimeUnit.SECONDS.toNanos(1) / (after.nanos() - before.nanos()));
		figures.put(Figure.MEDIAN, tally.latencies().micros(0.5));
		figures.put(Figure.P99, tally.latencies().micros(0.99));
		figures.put(Figure.P999, tally.latencies().micros(0.999));
		return figures;
	}

	/**
	 * Prepares an activity.
	 */
	interface Opener {

		Activity open(Crowd crowd, Tally tally);

	}

	/**
	 * What was used and done so far.
	 */
	private record Reading(long nanos, long cpuMicros, long count) {

	}

}
