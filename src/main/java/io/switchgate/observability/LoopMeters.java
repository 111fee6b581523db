package io.switchgate.observability;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
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
 * Meters of one event loop. One timer on it serves all, and looks only at tunnels that
 * carried something since.
 */
final class LoopMeters {

	private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(500);

	/**
	 * How many of them until what waits is looked at: that takes quiet tunnels from main
	 * memory, one by one.
	 */
	private static final int LOOKS = 10;

	private final EventExecutor loop;

	private final Timer lag;

	private final Set<Tunnel> busy = new HashSet<>();

	private final List<LoopTraffic> pending = new ArrayList<>();

	private volatile long buffered;

	private volatile @Nullable Future<?> timer;

	private volatile boolean stopped;

	private long due;

	private int looks;

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
		this.pending.forEach(LoopTraffic::publish);
		this.pending.clear();
		this.looks = (this.looks + 1) % LOOKS;
		if (this.looks == 0) {
			this.buffered = settle();
		}
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

	private long settle() {
		long waiting = 0;
		for (Iterator<Tunnel> tunnels = this.busy.iterator(); tunnels.hasNext();) {
			long ofTunnel = tunnels.next().settle();
			waiting += ofTunnel;
			if (ofTunnel == 0) {
				tunnels.remove();
			}
		}
		return waiting;
	}

	/**
	 * Looks at a tunnel from now on, until nothing waits in it.
	 */
	void busy(Tunnel tunnel) {
		this.busy.add(tunnel);
	}

	void forget(Tunnel tunnel) {
		this.busy.remove(tunnel);
	}

	/**
	 * Tells the meters soon what was counted.
	 */
	void pending(LoopTraffic traffic) {
		this.pending.add(traffic);
	}

	/**
	 * Returns the bytes that waited when the timer looked.
	 */
	long buffered() {
		return this.buffered;
	}

}
