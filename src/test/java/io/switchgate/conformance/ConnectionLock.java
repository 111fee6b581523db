package io.switchgate.conformance;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lock over the state of all connections. The threads that read the sockets update the
 * state, and a case waits until a condition on it holds.
 */
final class ConnectionLock {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Duration deadline;

	ConnectionLock(Duration deadline) {
		this.deadline = deadline;
	}

	Duration deadline() {
		return this.deadline;
	}

	void update(Runnable update) {
		this.lock.lock();
		try {
			update.run();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	<T> T read(Supplier<T> value) {
		this.lock.lock();
		try {
			return value.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean await(BooleanSupplier condition) {
		return await(condition, this.deadline);
	}

	/**
	 * Waits until a condition holds, or until time is up.
	 * @param condition condition on the state of the connections
	 * @param atMost longest time to wait
	 * @return whether the condition holds
	 */
	boolean await(BooleanSupplier condition, Duration atMost) {
		this.lock.lock();
		try {
			long left = atMost.toNanos();
			while (!condition.getAsBoolean() && left > 0) {
				left = this.changed.awaitNanos(left);
			}
			return condition.getAsBoolean();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

}
