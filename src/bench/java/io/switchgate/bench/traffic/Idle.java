package io.switchgate.bench.traffic;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tunnels that are open after one message in each.
 *
 * @param tunnels number of them
 * @param rehearsal number of those that were open before and are gone, so that what is
 * allocated only once does not count
 */
record Idle(int tunnels, int rehearsal) implements Scenario {

	private static final Duration PAUSE = Duration.ofSeconds(1);

	@Override
	public Map<Figure, Double> play(Crowd crowd, Pace pace) {
		greet(crowd, this.rehearsal).forEach((client) -> crowd.run(client::leave));
		crowd.pass(PAUSE);
		crowd.meter().collectGarbage();
		long before = crowd.meter().residentKibibytes();
		greet(crowd, this.tunnels);
		crowd.pass(PAUSE);
		double all = crowd.meter().residentKibibytes() - before;
		crowd.meter().collectGarbage();
		double live = crowd.meter().residentKibibytes() - before;
		Map<Figure, Double> figures = new HashMap<>();
		figures.put(Figure.TUNNEL_MEMORY, all / this.tunnels);
		figures.put(Figure.LIVE_TUNNEL_MEMORY, live / this.tunnels);
		return figures;
	}

	private static List<Client> greet(Crowd crowd, int count) {
		ClosedLoop greetings = new ClosedLoop(crowd, new Tally(), count, 64);
		greetings.open();
		crowd.run(greetings::start);
		crowd.end(greetings);
		return greetings.clients();
	}

}
