package io.switchgate.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;

/**
 * Measures how late event loops run their tasks.
 */
final class LoopProbe {

	private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(5);

	private final AtomicLong longest = new AtomicLong();

	static LoopProbe start(EventExecutorGroup loops) {
		LoopProbe probe = new LoopProbe();
		loops.forEach((loop) -> loop.execute(() -> probe.watch(loop)));
		return probe;
	}

	private void watch(EventExecutor loop) {
		long due = System.nanoTime() + PERIOD;
		loop.schedule(() -> {
			this.longest.accumulateAndGet(System.nanoTime() - due, Math::max);
			watch(loop);
		}, PERIOD, TimeUnit.NANOSECONDS);
	}

	/**
	 * Returns the longest delay since the last call.
	 */
	long takeLongestMillis() {
		return TimeUnit.NANOSECONDS.toMillis(this.longest.getAndSet(0));
	}

}
