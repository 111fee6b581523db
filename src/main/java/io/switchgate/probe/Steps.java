package io.switchgate.probe;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs one step after the other, each with a time limit. Name lookups and TLS handshakes
 * have no limit of their own, so each step runs in another thread.
 */
final class Steps implements AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "probe");
		thread.setDaemon(true);
		return thread;
	});

	private final Map<String, Duration> times = new LinkedHashMap<>();

	private final Duration timeout;

	Steps(Duration timeout) {
		this.timeout = timeout;
	}

	Duration timeout() {
		return this.timeout;
	}

	/**
	 * Runs a step and notes its time.
	 * @param name name under which the time is noted
	 * @throws SocketTimeoutException if it took too long
	 * @throws IOException if the network failed
	 * @throws ProbeException if the step throws it
	 */
	<T> T take(String name, Callable<T> step) throws IOException, ProbeException {
		long start = System.nanoTime();
		T result = bound(step);
		note(name, Duration.ofNanos(System.nanoTime() - start));
		return result;
	}

	/**
	 * Runs a step without noting its time.
	 * @throws SocketTimeoutException if it took too long
	 * @throws IOException if the network failed
	 * @throws ProbeException if the step throws it
	 */
	<T> T bound(Callable<T> step) throws IOException, ProbeException {
		Future<T> future = this.threads.submit(step);
		try {
			return future.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new SocketTimeoutException("nothing within " + Times.text(this.timeout));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted");
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof IOException cause) {
				throw cause;
			}
			if (ex.getCause() instanceof ProbeException cause) {
				throw cause;
			}
			throw new IllegalStateException(ex.getCause());
		}
	}

	/**
	 * Starts a task that runs beside the steps.
	 * @param task task; it must end when it is interrupted or its connection is closed
	 */
	void beside(Runnable task) {
		this.threads.execute(task);
	}

	/**
	 * Notes how long something took.
	 */
	void note(String name, Duration time) {
		this.times.put(name, time);
	}

	Map<String, Duration> times() {
		return Collections.unmodifiableMap(this.times);
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
