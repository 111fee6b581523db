package io.switchgate.conformance;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Where the sockets' threads write down what came, and a case waits for it.
 */
final class Board {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Duration deadline;

	Board(Duration deadline) {
		this.deadline = deadline;
	}

	Duration deadline() {
		return this.deadline;
	}

	void change(Runnable change) {
		this.lock.lock();
		try {
			change.run();
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
	 * Waits for a condition.
	 * @param condition condition on what came
	 * @param atMost how long to wait
	 * @return whether it holds
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
