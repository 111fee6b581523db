package io.switchgate.kubernetes;

import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.scheduler.Scheduler;

/**
 * Keeps the deletion cost up to date while the gateway runs. It stops before the drain,
 * because a pod that stops has already been chosen.
 */
final class DeletionCostLifecycle implements SmartLifecycle {

	private final DeletionCost cost;

	private final Scheduler scheduler;

	private @Nullable Future<Void> updates;

	DeletionCostLifecycle(DeletionCost cost, Scheduler scheduler) {
		this.cost = cost;
		this.scheduler = scheduler;
	}

	@Override
	public synchronized void start() {
		if (this.updates == null) {
			this.updates = this.cost.keep(this.scheduler).toFuture();
		}
	}

	@Override
	public synchronized void stop() {
		if (this.updates != null) {
			this.updates.cancel(true);
			this.updates = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.updates != null;
	}

}
