package io.switchgate.admin;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.switchgate.tunnel.Tunnel;

/**
 * The tunnels that a filter chose. It holds only what can be read without asking their
 * event loops.
 *
 * @param total how many it chose
 * @param byRoute how many of them have which route
 * @param byUpstream how many of them have which upstream
 * @param page those of one page, oldest first
 */
record TunnelChoice(int total, Map<String, Integer> byRoute, Map<String, Integer> byUpstream, List<Tunnel> page) {

	/**
	 * Most routes, and most upstreams, that get a count of their own.
	 */
	private static final int MOST_NAMES = 1000;

	private static final String OTHERS = "(others)";

	static TunnelChoice of(List<Tunnel> chosen, int page, int size) {
		return new TunnelChoice(chosen.size(), count(chosen, (tunnel) -> tunnel.terms().route()),
				count(chosen, (tunnel) -> tunnel.terms().upstream()),
				chosen.stream()
					.sorted(Comparator.comparing(Tunnel::activity).thenComparing(Tunnel::id))
					.skip((long) page * size)
					.limit(size)
					.toList());
	}

	private static Map<String, Integer> count(List<Tunnel> tunnels, Function<Tunnel, String> name) {
		Map<String, Integer> counts = new TreeMap<>();
		for (Tunnel tunnel : tunnels) {
			String key = name.apply(tunnel);
			boolean known = counts.containsKey(key) || counts.size() < MOST_NAMES;
			counts.merge(known ? key : OTHERS, 1, Integer::sum);
		}
		return counts;
	}

}
