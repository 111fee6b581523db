package io.switchgate.observability;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * Meters of one event loop. One timer on the loop serves all of them, and looks only at
 * tunnels that have carried bytes since the last time. The work in one turn of the loop
 * is limited, because everything else on the loop waits for it.
 */
final class LoopMeters {

	private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(100);

	/**
	 * Most pairs of route and direction that are published at one look. The others wait
	 * for the next look.
	 */
	private static final int PUBLISHED = 64;

	/**
	 * Most sizes of messages that are recorded at one look, over all pairs.
	 */
	private static final int SIZES = 4096;

	/**
	 * Number of looks that one round over all busy tunnels takes. Each look reads a share
	 * of them, because reading a quiet tunnel costs an access to main memory.
	 */
	private static final int LOOKS = 50;

	private final EventExecutor loop;

	private final Timer lag;

	/**
	 * Concurrent only so that it can change during a round over it.
	 */
	private final Set<Tunnel> busy = ConcurrentHashMap.newKeySet();

	private final Queue<LoopTraffic> pending = new ArrayDeque<>();

	private Iterator<Tunnel> round = Collections.emptyIterator();

	private long waiting;

	private volatile long buffered;

	private volatile @Nullable Future<?> timer;

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
		this.timer = this.loop.scheduleAtFixedRate(this::look, PERIOD, PERIOD, TimeUnit.NANOSECONDS);
	}

	/**
	 * Measures the delay against a fixed schedule. A missed look follows at once, and
	 * counts as late, too.
	 */
	private void look() {
		this.lag.record(System.nanoTime() - this.due, TimeUnit.NANOSECONDS);
		this.due += PERIOD;
		publish();
		settle();
	}

	void stop() {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
	}

	void publish() {
		int published = Math.min(this.pending.size(), PUBLISHED);
		for (int i = 0; i < published; i++) {
			this.pending.remove().publish(SIZES / published);
		}
	}

	private void settle() {
		if (!this.round.hasNext()) {
			this.buffered = this.waiting;
			this.waiting = 0;
			this.round = this.busy.iterator();
		}
		int share = 1 + this.busy.size() / LOOKS;
		for (int looked = 0; looked < share && this.round.hasNext(); looked++) {
			Tunnel tunnel = this.round.next();
			long ofTunnel = tunnel.settle();
			this.waiting += ofTunnel;
			if (ofTunnel == 0) {
				this.busy.remove(tunnel);
			}
		}
	}

	/**
	 * Includes a tunnel in each round until none of its bytes wait.
	 */
	void busy(Tunnel tunnel) {
		this.busy.add(tunnel);
	}

	void forget(Tunnel tunnel) {
		this.busy.remove(tunnel);
	}

	/**
	 * Schedules counts for the next look.
	 */
	void pending(LoopTraffic traffic) {
		this.pending.add(traffic);
	}

	/**
	 * Returns the bytes that waited in the last complete round.
	 */
	long buffered() {
		return this.buffered;
	}

}
