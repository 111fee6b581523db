package io.switchgate.admin;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.switchgate.tunnel.TunnelSnapshot;

/**
 * Some of the tunnels that a filter chose, oldest first, and how many there are.
 *
 * @param total tunnels that the filter chose
 * @param byRoute how many of them have which route
 * @param byUpstream how many of them have which upstream
 * @param page number of the page, from 0
 * @param size tunnels of a page
 * @param tunnels tunnels of this page
 */
record TunnelPage(int total, Map<String, Integer> byRoute, Map<String, Integer> byUpstream, int page, int size,
		List<TunnelDescriptor> tunnels) {

	/**
	 * Routes and upstreams that are counted by name.
	 */
	private static final int MOST_NAMES = 1000;

	private static final String OTHERS = "(others)";

	static TunnelPage of(List<TunnelSnapshot> chosen, int page, int size) {
		List<TunnelDescriptor> tunnels = chosen.stream()
			.sorted(Comparator.comparing(TunnelSnapshot::opened).thenComparing(TunnelSnapshot::id))
			.skip((long) page * size)
			.limit(size)
			.map(TunnelDescriptor::of)
			.toList();
		return new TunnelPage(chosen.size(), count(chosen, (tunnel) -> tunnel.terms().route()),
				count(chosen, (tunnel) -> tunnel.terms().upstream()), page, size, tunnels);
	}

	private static Map<String, Integer> count(List<TunnelSnapshot> tunnels, Function<TunnelSnapshot, String> name) {
		Map<String, Integer> counts = new TreeMap<>();
		for (TunnelSnapshot tunnel : tunnels) {
			String key = name.apply(tunnel);
			boolean known = counts.containsKey(key) || counts.size() < MOST_NAMES;
			counts.merge(known ? key : OTHERS, 1, Integer::sum);
		}
		return counts;
	}

}
