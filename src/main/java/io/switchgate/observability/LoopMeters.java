package io.switchgate.observability;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import org.jspecify.annotations.Nullable;

import io.switchgate.tunnel.Tunnel;

/**
 * Meters of one event loop. One timer on it serves all, and looks only at tunnels in
 * which something may wait.
 */
final class LoopMeters {

	private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(500);

	private final EventExecutor loop;

	private final Timer lag;

	private final Set<Tunnel> waiting = new HashSet<>();

	private volatile long buffered;

	private volatile @Nullable Future<?> timer;

	private volatile boolean stopped;

	private long due;

	LoopMeters(EventExecutor loop, int index, MeterRegistry registry) {
		this.loop = loop;
		this.lag = Timer.builder(GatewayMeters.EVENT_LOOP_LAG.meterName())
			.description("How late an event loop does what is due")
			.tag("loop", String.valueOf(index))
			.register(registry);
		if (loop instanceof SingleThreadEventExecutor single) {
			Gauge.builder(GatewayMeters.EVENT_LOOP_TASKS.meterName(), single, SingleThreadEventExecutor::pendingTasks)
				.description("Tasks that wait for an event loop")
				.tag("loop", String.valueOf(index))
				.register(registry);
		}
	}

	void start() {
		this.due = System.nanoTime() + PERIOD;
		this.timer = this.loop.schedule(this::look, PERIOD, TimeUnit.NANOSECONDS);
	}

	private void look() {
		this.lag.record(System.nanoTime() - this.due, TimeUnit.NANOSECONDS);
		this.waiting.removeIf((tunnel) -> tunnel.buffered() == 0);
		this.buffered = this.waiting.stream().mapToLong(Tunnel::buffered).sum();
		if (!this.stopped) {
			start();
		}
	}

	void stop() {
		this.stopped = true;
		if (this.timer != null) {
			this.timer.cancel(false);
		}
	}

	/**
	 * Looks at a tunnel from now on, until nothing waits in it.
	 */
	void watch(Tunnel tunnel) {
		this.waiting.add(tunnel);
	}

	void forget(Tunnel tunnel) {
		this.waiting.remove(tunnel);
	}

	/**
	 * Returns the bytes that waited when the timer looked.
	 */
	long buffered() {
		return this.buffered;
	}

}
