package io.switchgate.transport;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Runs one action after a time. A new action replaces the one that waits. Use a timer on
 * one event loop only.
 */
public final class Timer {

	private @Nullable Future<?> scheduled;

	/**
	 * Schedules an action, and cancels the one that waits.
	 */
	public void start(EventExecutor loop, Duration time, Runnable action) {
		stop();
		this.scheduled = loop.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Cancels the action that waits, if there is one.
	 */
	public void stop() {
		if (this.scheduled != null) {
			this.scheduled.cancel(false);
			this.scheduled = null;
		}
	}

}
