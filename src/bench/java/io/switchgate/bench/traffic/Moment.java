package io.switchgate.bench.traffic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * What was used and done up to a moment. Between two of them lies what is measured.
 *
 * @param nanos time of the moment
 * @param cpuMicros CPU time of the proxy
 * @param count messages, handshakes or tunnels
 */
record Moment(long nanos, long cpuMicros, long count) {

	/**
	 * Measures an activity for some time.
	 */
	static Map<Figure, Double> measure(Crowd crowd, Tally tally, Duration time) {
		Callable<Moment> look = () -> new Moment(System.nanoTime(), crowd.meter().cpuMicros(), tally.count());
		Moment before = crowd.onLoop(() -> {
			tally.clear();
			return look.call();
		});
		crowd.pass(time);
		return crowd.onLoop(() -> look.call().figuresSince(before, tally));
	}

	private Map<Figure, Double> figuresSince(Moment before, Tally tally) {
		double done = this.count - before.count;
		if (done == 0) {
			throw new TrafficException("nothing came back");
		}
		Map<Figure, Double> figures = new HashMap<>();
		figures.put(Figure.CPU, (this.cpuMicros - before.cpuMicros) / done);
		figures.put(Figure.RATE, done * TimeUnit.SECONDS.toNanos(1) / (this.nanos - before.nanos));
		figures.put(Figure.MEDIAN, tally.latencies().micros(0.5));
		figures.put(Figure.P99, tally.latencies().micros(0.99));
		figures.put(Figure.P999, tally.latencies().micros(0.999));
		return figures;
	}

}
