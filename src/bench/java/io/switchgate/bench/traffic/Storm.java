package io.switchgate.bench.traffic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Clients whose tunnels are all cut at once, and who come back at once: first to a
 * process that has just become ready, then to the same process when it is warm.
 *
 * @param clients number of them
 * @param handshakes what warms it up
 */
record Storm(int clients, Talk handshakes) implements Scenario {

	/**
	 * Time in which a proxy forgets a stall, and somewhat less, after which it is asked.
	 */
	private static final Duration MEMORY = Duration.ofSeconds(8);

	private static final Duration ASKED_EVERY = Duration.ofSeconds(6);

	private static final int QUESTIONS = 10;

	private static final String COLD = "cold";

	private static final String WARM = "warm";

	private static final double MICROS_OF_SECOND = 1e6;

	static Figure[] figures() {
		return Stream.of(COLD, WARM)
			.flatMap((part) -> Stream
				.of(Figure.MEDIAN_ABSENCE, Figure.LONGEST_ABSENCE, Figure.LAST_BACK, Figure.TOTAL_CPU,
						Figure.TURNED_AWAY, Figure.FAILED, Figure.STALL)
				.map((figure) -> figure.of(part)))
			.toArray(Figure[]::new);
	}

	@Override
	public Map<Figure, Double> play(Crowd crowd, Pace pace) {
		Reconnects reconnects = new Reconnects(crowd, this.clients);
		reconnects.open();
		Operator before = crowd.target().operator();
		// As in a rolling deployment: clients are sent only to whoever is ready.
		crowd.moveTo(before.startAnother());
		Map<Figure, Double> figures = new HashMap<>();
		storm(crowd, reconnects, before::kill).forEach((figure, value) -> figures.put(figure.of(COLD), value));
		pace.warmUp().run((slice) -> this.handshakes.play(crowd, slice));
		crowd.pass(MEMORY);
		storm(crowd, reconnects, crowd.target().operator()::resetUpstream)
			.forEach((figure, value) -> figures.put(figure.of(WARM), value));
		return figures;
	}

	private static Map<Figure, Double> storm(Crowd crowd, Reconnects reconnects, Runnable cut) {
		crowd.run(reconnects::start);
		long before = crowd.meter().cpuMicros();
		cut.run();
		OptionalDouble stall = OptionalDouble.empty();
		long cpu = 0;
		for (int question = 0; question < QUESTIONS && !crowd.onLoop(reconnects::areBack); question++) {
			crowd.isWithin(ASKED_EVERY, reconnects::areBack);
			cpu = crowd.meter().cpuMicros() - before;
			stall = longer(stall, crowd.meter().longestStallMillis());
		}
		Map<Figure, Double> figures = new HashMap<>(crowd.onLoop(reconnects::figures));
		figures.put(Figure.TOTAL_CPU, cpu / MICROS_OF_SECOND);
		stall.ifPresent((millis) -> figures.put(Figure.STALL, millis));
		return figures;
	}

	private static OptionalDouble longer(OptionalDouble one, OptionalDouble other) {
		return DoubleStream.concat(one.stream(), other.stream()).max();
	}

}
