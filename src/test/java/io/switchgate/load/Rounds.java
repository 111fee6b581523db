package io.switchgate.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/**
 * Thread that repeats one step with a short pause, so that other threads get the
 * processor.
 */
abstract class Rounds implements AutoCloseable {

	private static final int PAUSE_MILLIS = 5;

	private final Thread thread;

	private volatile boolean ended;

	Rounds(String name) {
		this.thread = new Thread(this::run, name);
		this.thread.setDaemon(true);
	}

	final void begin() {
		this.thread.start();
	}

	private void run() {
		try {
			while (!this.ended) {
				round();
				TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
			}
			end();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	abstract void round() throws IOException;

	abstract void end() throws IOException;

	@Override
	public final void close() {
		this.ended = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
