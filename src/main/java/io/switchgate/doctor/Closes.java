package io.switchgate.doctor;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelListener;

/**
 * Remembers how the last tunnels ended, and finds timers in that: those of nginx, of a
 * load balancer or of the upstream.
 */
public final class Closes implements TunnelListener {

	private static final int ROOM = 2000;

	private final Queue<Close> last = new ArrayDeque<>();

	@Override
	public void ending(Tunnel tunnel) {
		add(Close.of(tunnel));
	}

	synchronized void add(Close close) {
		if (this.last.size() == ROOM) {
			this.last.remove();
		}
		this.last.add(close);
	}

	private synchronized List<Close> all() {
		return List.copyOf(this.last);
	}

	/**
	 * Returns what the last tunnels of each route have in common.
	 * @return routes, the one with the most ends first
	 */
	public List<RouteCloses> routes() {
		Collection<List<Close>> routes = all().stream().collect(Collectors.groupingBy(Close::route)).values();
		return routes.stream()
			.map(RouteCloses::of)
			.sorted(Comparator.comparing(RouteCloses::ends).reversed().thenComparing(RouteCloses::route))
			.toList();
	}

	/**
	 * Counts the ends of each kind.
	 */
	static Map<String, Long> byCause(List<Close> closes) {
		return closes.stream()
			.collect(Collectors.groupingBy((close) -> close.cause().code(), TreeMap::new, Collectors.counting()));
	}

}
