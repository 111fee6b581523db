package io.switchgate.bench.traffic;

import java.util.Map;

/**
 * A conversation beside clients that read slowly.
 *
 * @param slow number of those
 * @param talk the conversation
 */
record Bystanders(int slow, Talk talk) implements Scenario {

	@Override
	public Map<Figure, Double> play(Crowd crowd, Pace pace) {
		long before = crowd.meter().residentKibibytes();
		SlowReaders readers = new SlowReaders(crowd, this.slow);
		readers.open();
		crowd.run(readers::start);
		Map<Figure, Double> figures = this.talk.play(crowd, pace);
		double growth = crowd.meter().residentKibibytes() - before;
		figures.put(Figure.TUNNEL_MEMORY, growth / this.slow);
		crowd.end(readers);
		return figures;
	}

}
