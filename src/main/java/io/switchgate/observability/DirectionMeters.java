package io.switchgate.observability;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.switchgate.tunnel.Direction;
import io.switchgate.tunnel.Traffic;

/**
 * Meters of one route in one direction.
 */
final class DirectionMeters {

	/**
	 * Kinds of frames by opcode (RFC 6455, section 11.8); the rest is reserved.
	 */
	private static final List<String> KINDS = List.of("continuation", "text", "binary", "reserved", "reserved",
			"reserved", "reserved", "reserved", "close", "ping", "pong", "reserved", "reserved", "reserved", "reserved",
			"reserved");

	/**
	 * 64 B to 1 MiB, each four times the one before.
	 */
	private static final double[] SIZES = { 0x40, 0x100, 0x400, 0x1000, 0x4000, 0x10000, 0x40000, 0x100000 };

	private static final Duration[] ROUND_TRIPS = { Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(10),
			Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(1),
			Duration.ofSeconds(5) };

	/**
	 * Shortest stall that counts. A flush may take as long as that.
	 */
	private static final Duration SHORTEST_STALL = Duration.ofMillis(1);

	private final Counter bytes;

	private final Counter messages;

	private final List<Counter> frames;

	private final DistributionSummary messageSizes;

	private final Map<LoopMeters, Traffic> traffic = new ConcurrentHashMap<>();

	private final AtomicInteger stalled = new AtomicInteger();

	private final Timer stalls;

	private final Timer slowed;

	private final Timer roundTrips;

	DirectionMeters(String route, Direction direction, MeterRegistry registry) {
		boolean toUpstream = direction == Direction.TO_UPSTREAM;
		Tags tags = Tags.of("route", route, "direction", toUpstream ? "to-upstream" : "to-client");
		this.bytes = Counter.builder(GatewayMeters.TUNNEL_BYTES.meterName())
			.description("Bytes relayed by tunnels")
			.baseUnit("bytes")
			.tags(tags)
			.register(registry);
		this.messages = Counter.builder(GatewayMeters.TUNNEL_MESSAGES.meterName())
			.description("Messages relayed by tunnels")
			.tags(tags)
			.register(registry);
		this.frames = KINDS.stream()
			.map((kind) -> Counter.builder(GatewayMeters.TUNNEL_FRAMES.meterName())
				.description("Frames relayed by tunnels")
				.tags(tags.and("kind", kind))
				.register(registry))
			.toList();
		this.messageSizes = DistributionSummary.builder(GatewayMeters.MESSAGE_SIZE.meterName())
			.description("Sizes of messages relayed by tunnels")
			.baseUnit("bytes")
			.serviceLevelObjectives(SIZES)
			.tags(tags)
			.register(registry);
		Gauge.builder(GatewayMeters.TUNNELS_STALLED.meterName(), this.stalled, AtomicInteger::get)
			.description("Tunnels whose bytes wait because an end takes nothing")
			.tags(tags)
			.register(registry);
		this.stalls = timer(GatewayMeters.TUNNEL_STALLS, "Times in which the other end took nothing", tags)
			.register(registry);
		this.slowed = timer(GatewayMeters.TUNNEL_SLOWED, "Times in which an end waited for its rate", tags)
			.register(registry);
		this.roundTrips = timer(GatewayMeters.TUNNEL_PING, "Round trips of the gateway's pings",
				Tags.of("route", route, "end", toUpstream ? "client" : "upstream"))
			.serviceLevelObjectives(ROUND_TRIPS)
			.register(registry);
	}

	private static Timer.Builder timer(GatewayMeters meter, String description, Tags tags) {
		return Timer.builder(meter.meterName()).description(description).tags(tags);
	}

	/**
	 * Returns the counter for one event loop.
	 */
	Traffic traffic(LoopMeters loop) {
		return this.traffic.computeIfAbsent(loop, (of) -> new LoopTraffic(this, of));
	}

	void count(long newBytes, long newMessages) {
		this.bytes.increment(newBytes);
		this.messages.increment(newMessages);
	}

	void frames(int opcode, long newFrames) {
		this.frames.get(opcode).increment(newFrames);
	}

	void messageSize(double size) {
		this.messageSizes.record(size);
	}

	void stallBegins() {
		this.stalled.incrementAndGet();
	}

	void stallEnds(Duration time) {
		this.stalled.decrementAndGet();
		if (time.compareTo(SHORTEST_STALL) >= 0) {
			this.stalls.record(time);
		}
	}

	void slowed(Duration time) {
		this.slowed.record(time);
	}

	void pongReceived(Duration roundTrip) {
		this.roundTrips.record(roundTrip);
	}

}
