package io.switchgate.observability;

import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import io.switchgate.tunnel.FrameCounts;

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

	private final Counter bytes;

	private final Counter messages;

	private final List<Counter> frames;

	DirectionMeters(String route, String direction, MeterRegistry registry) {
		Tags tags = Tags.of("route", route, "direction", direction);
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
	}

	void add(long bytes, FrameCounts counts) {
		this.bytes.increment(bytes);
		if (counts.messages() > 0) {
			this.messages.increment(counts.messages());
		}
		for (int opcode = 0; opcode < KINDS.size(); opcode++) {
			if (counts.frames(opcode) > 0) {
				this.frames.get(opcode).increment(counts.frames(opcode));
			}
		}
	}

}
