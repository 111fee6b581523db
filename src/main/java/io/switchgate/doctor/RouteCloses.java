package io.switchgate.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the last tunnels of a route ended.
 *
 * @param route route id
 * @param ends how many
 * @param byCause how many of them have which close cause
 * @param clusters times that many of them have in common, the most frequent first
 */
public record RouteCloses(String route, int ends, Map<String, Long> byCause, List<CloseCluster> clusters) {

	static RouteCloses of(List<Close> closes) {
		Stream<List<Close>> kinds = closes.stream().collect(Collectors.groupingBy(Close::kind)).values().stream();
		List<CloseCluster> clusters = kinds.flatMap((kind) -> Timers.find(kind, closes.size()).stream())
			.sorted(Comparator.comparing(CloseCluster::ends).reversed())
			.toList();
		return new RouteCloses(closes.get(0).route(), closes.size(), Closes.byCause(closes), clusters);
	}

}
