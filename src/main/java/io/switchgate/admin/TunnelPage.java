package io.switchgate.admin;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

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

	static TunnelPage of(TunnelChoice choice, int page, int size, List<TunnelSnapshot> tunnels) {
		return new TunnelPage(choice.total(), choice.byRoute(), choice.byUpstream(), page, size,
				tunnels.stream()
					.sorted(Comparator.comparing(TunnelSnapshot::opened).thenComparing(TunnelSnapshot::id))
					.map(TunnelDescriptor::of)
					.toList());
	}

}
