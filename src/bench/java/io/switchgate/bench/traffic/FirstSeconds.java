package io.switchgate.bench.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A proxy that has just started, under load from the moment it is ready: how long it
 * takes to become as fast as it can be.
 *
 * @param opener begins what clients do
 */
record FirstSeconds(Talk.Opener opener) implements Scenario {

	private static final int WINDOWS = 6;

	private static final int WINDOW_SECONDS = 2;

	private static final double MICROS_OF_MILLISECOND = 1000;

	static Figure[] figures() {
		List<Figure> figures = new ArrayList<>(List.of(Figure.READY, Figure.START));
		for (Figure figure : List.of(Figure.RATE, Figure.CPU, Figure.P99_MILLIS)) {
			for (int window = 0; window < WINDOWS; window++) {
				figures.add(figure.of(name(window)));
			}
		}
		return figures.toArray(Figure[]::new);
	}

	private static String name(int window) {
		return window * WINDOW_SECONDS + " to " + (window + 1) * WINDOW_SECONDS + " s";
	}

	@Override
	public Map<Figure, Double> play(Crowd crowd, Pace pace) {
		Tally tally = new Tally();
		Activity activity = this.opener.open(crowd, tally);
		crowd.run(activity::start);
		Map<Figure, Double> figures = new HashMap<>();
		for (int window = 0; window < WINDOWS; window++) {
			String name = name(window);
			Map<Figure, Double> measured = Moment.measure(crowd, tally, Duration.ofSeconds(WINDOW_SECONDS));
			measured.put(Figure.P99_MILLIS, measured.getOrDefault(Figure.P99, Double.NaN) / MICROS_OF_MILLISECOND);
			measured.forEach((figure, value) -> figures.put(figure.of(name), value));
		}
		crowd.end(activity);
		figures.put(Figure.READY, crowd.target().start().seconds());
		figures.put(Figure.START, crowd.target().start().cpuSeconds());
		return figures;
	}

}
