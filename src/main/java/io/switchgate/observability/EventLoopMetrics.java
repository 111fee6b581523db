package io.switchgate.observability;

import java.util.IdentityHashMap;
import java.util.Map;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

import io.switchgate.tunnel.Direction;
import io.switchgate.tunnel.Traffic;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelListener;

/**
 * Shows how busy the event loops are, what their tunnels carry, and how many bytes wait
 * on them.
 */
final class EventLoopMetrics implements TunnelListener, AutoCloseable {

	private final Map<EventExecutor, LoopMeters> loops = new IdentityHashMap<>();

	private final TunnelMetrics tunnels;

	EventLoopMetrics(LoopResources loops, TunnelMetrics tunnels, MeterRegistry registry) {
		this.tunnels = tunnels;
		loops.onServer(true).forEach((loop) -> this.loops.put(loop, new LoopMeters(loop, this.loops.size(), registry)));
		this.loops.values().forEach(LoopMeters::start);
		Gauge.builder(GatewayMeters.TUNNEL_BUFFERED.meterName(), this, EventLoopMetrics::buffered)
			.description("Bytes of tunnels that wait in the gateway")
			.baseUnit("bytes")
			.register(registry);
	}

	private double buffered() {
		return this.loops.values().stream().mapToLong(LoopMeters::buffered).sum();
	}

	@Override
	public @Nullable Traffic traffic(Tunnel tunnel, Direction direction) {
		LoopMeters loop = of(tunnel);
		return (loop != null) ? this.tunnels.meters(tunnel, direction).traffic(loop) : null;
	}

	@Override
	public void busy(Tunnel tunnel) {
		LoopMeters loop = of(tunnel);
		if (loop != null) {
			loop.busy(tunnel);
		}
	}

	@Override
	public void closed(Tunnel tunnel) {
		LoopMeters loop = of(tunnel);
		if (loop != null) {
			loop.forget(tunnel);
		}
	}

	private @Nullable LoopMeters of(Tunnel tunnel) {
		return this.loops.get(tunnel.eventLoop());
	}

	@Override
	public void close() {
		this.loops.values().forEach(LoopMeters::stop);
	}

}
