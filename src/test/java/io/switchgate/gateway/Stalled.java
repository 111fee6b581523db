package io.switchgate.gateway;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A writer that has come to a stop.
 *
 * @param thread thread that still writes
 * @param written bytes that it got rid of
 */
record Stalled(Thread thread, long written) {

	/**
	 * Most bytes that a writer may get rid of.
	 */
	static final int BOUND = 1024 * 1024;

	/**
	 * Bytes that it has.
	 */
	static final int TOTAL = 2 * BOUND;

	private static final int CHUNK = 16 * 1024;

	/**
	 * A frame as long as a chunk.
	 */
	private static final byte[] FRAME = Frame.binary(new byte[CHUNK - 4]).bytes();

	private static final int SMALL = 2 * CHUNK;

	static Stalled start(Wire writer, Wire reader) {
		// What the test's own sockets keep is not the gateway's.
		reader.receiveBuffer(SMALL);
		return start(writer, FRAME, TOTAL);
	}

	/**
	 * Starts a writer and waits until it stops.
	 * @param writer connection that it writes to
	 * @param piece what it writes over and over
	 * @param total bytes that it has, a multiple of the piece's
	 * @return writer, which may have come to its end
	 */
	static Stalled start(Wire writer, byte[] piece, long total) {
		writer.sendBuffer(SMALL);
		AtomicLong written = new AtomicLong();
		Thread thread = new Thread(() -> write(writer, piece, total, written), "writer");
		thread.setUncaughtExceptionHandler((failed, closed) -> {
		});
		thread.start();
		AtomicLong last = new AtomicLong(-1);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(20))
			.during(Duration.ofMillis(200))
			.until(() -> last.getAndSet(written.get()) == written.get());
		return new Stalled(thread, written.get());
	}

	/**
	 * Asserts that a writer stops, and that all of it arrives when the reader goes on.
	 */
	static void assertStops(Wire writer, Wire reader) throws InterruptedException {
		Stalled stalled = start(writer, reader);
		assertThat(stalled.written()).isLessThan(BOUND);
		reader.receiveBuffer(BOUND);
		assertThat(reader.read(TOTAL)).hasSize(TOTAL);
		stalled.thread().join();
	}

	private static void write(Wire writer, byte[] piece, long total, AtomicLong written) {
		while (written.get() < total) {
			writer.send(piece);
			written.addAndGet(piece.length);
		}
	}

}
