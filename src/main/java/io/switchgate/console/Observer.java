package io.switchgate.console;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.switchgate.admin.HandshakeDescriptor;
import io.switchgate.drain.DrainStatus;
import io.switchgate.drain.Drains;
import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.Journal;
import io.switchgate.observability.GatewayMeters;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelRegistry;
import io.switchgate.tunnel.TunnelTerms;

/**
 * Collects what the gateway counts anyway, so it costs nothing while nobody looks.
 */
final class Observer {

	/**
	 * Most pairs of route and upstream that are shown. The others count in the total
	 * only.
	 */
	private static final int MOST_GROUPS = 200;

	/**
	 * How many of the newest handshakes are shown, and how many of the newest failures.
	 * Failures have a list of their own, because many successes would soon push them out.
	 */
	private static final int NEWEST = 25;

	private final TunnelRegistry tunnels;

	private final Journal journal;

	private final Drains drains;

	private final MeterRegistry meters;

	private final Summary.Writes writes;

	Observer(TunnelRegistry tunnels, Journal journal, Drains drains, MeterRegistry meters, Summary.Writes writes) {
		this.tunnels = tunnels;
		this.journal = journal;
		this.drains = drains;
		this.meters = meters;
		this.writes = writes;
	}

	Summary look() {
		List<TunnelTerms> open = this.tunnels.tunnels().map(Tunnel::terms).toList();
		return new Summary(Instant.now(), this.writes, open.size(), groups(open), handshakes(),
				carried(GatewayMeters.TUNNEL_MESSAGES), carried(GatewayMeters.TUNNEL_BYTES), newest(),
				this.drains.status().stream().map(Observer::drain).toList());
	}

	private static List<Summary.Group> groups(List<TunnelTerms> open) {
		Map<List<String>, Integer> counts = new HashMap<>();
		open.forEach((terms) -> counts.merge(List.of(terms.route(), terms.upstream()), 1, Integer::sum));
		return counts.entrySet()
			.stream()
			.map((entry) -> new Summary.Group(entry.getKey().get(0), entry.getKey().get(1), entry.getValue()))
			.sorted(Comparator.comparingInt(Summary.Group::open)
				.reversed()
				.thenComparing(Summary.Group::route)
				.thenComparing(Summary.Group::upstream))
			.limit(MOST_GROUPS)
			.toList();
	}

	private Map<String, Long> handshakes() {
		return this.meters.find(GatewayMeters.HANDSHAKES.meterName())
			.timers()
			.stream()
			.collect(Collectors.groupingBy((timer) -> tag(timer, "outcome"), TreeMap::new,
					Collectors.summingLong(Timer::count)));
	}

	private Map<String, Long> carried(GatewayMeters meter) {
		return this.meters.find(meter.meterName())
			.counters()
			.stream()
			.collect(Collectors.groupingBy((counter) -> tag(counter, "direction"), TreeMap::new,
					Collectors.summingLong((counter) -> (long) counter.count())));
	}

	private static String tag(Meter meter, String name) {
		return String.valueOf(meter.getId().getTag(name));
	}

	private List<HandshakeDescriptor> newest() {
		List<HandshakeRecord> all = this.journal.all();
		return Stream.concat(all.stream().limit(NEWEST), all.stream().filter(HandshakeRecord::isFailure).limit(NEWEST))
			.distinct()
			.sorted(Comparator.comparing(HandshakeRecord::begun).reversed())
			.map(HandshakeDescriptor::of)
			.toList();
	}

	private static Summary.Drain drain(DrainStatus status) {
		return new Summary.Drain(status.request().scope().toString(), status.request().scope().route(),
				status.request().scope().upstream(), status.state().code(), status.isRefusing(), status.total(),
				status.closed());
	}

}
