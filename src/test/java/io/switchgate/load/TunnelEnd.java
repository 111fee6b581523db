package io.switchgate.load;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Wire;

/**
 * Client or upstream at one end of a tunnel, which sends and reads frames.
 */
final class TunnelEnd {

	static final int TEXT = 0x81;

	static final int BINARY = 0x82;

	static final int PING = 0x89;

	static final int PONG = 0x8a;

	private static final int CLOSE = 0x88;

	private static final int NO_CODE = 1005;

	private final Wire wire;

	private final boolean client;

	private int code;

	private TunnelEnd(Wire wire, boolean client) {
		this.wire = wire;
		this.client = client;
	}

	static TunnelEnd client(Wire wire) {
		return new TunnelEnd(wire, true);
	}

	static TunnelEnd upstream(Wire wire) {
		return new TunnelEnd(wire, false);
	}

	Wire wire() {
		return this.wire;
	}

	boolean isClient() {
		return this.client;
	}

	/**
	 * Returns the code of the close frame that this end has read, or 0.
	 */
	int code() {
		return this.code;
	}

	/**
	 * Sends a frame.
	 * @param first first byte of the frame
	 */
	void send(int first, byte... payload) {
		this.wire.send(new Frame(first, this.client, payload).bytes());
	}

	/**
	 * Returns the next frame, of whatever kind.
	 */
	Frame readFrame() {
		Frame frame = this.wire.frame();
		if (frame.isClose()) {
			this.code = (frame.payload().length > 0) ? frame.code() : NO_CODE;
		}
		return frame;
	}

	/**
	 * Answers pings, and returns the next frame of another kind.
	 */
	Frame readAnsweringPings() {
		Frame frame = readFrame();
		while (frame.first() == PING) {
			send(PONG, frame.payload());
			frame = readFrame();
		}
		return frame;
	}

	/**
	 * Answers pings, and returns the next frame of another kind, or null after a FIN.
	 */
	@Nullable Frame readUnlessEnded() {
		try {
			return readAnsweringPings();
		}
		catch (UncheckedIOException ex) {
			if (ex.getCause() instanceof EOFException) {
				return null;
			}
			throw ex;
		}
	}

	/**
	 * Reads the echo of a frame.
	 * @return the close frame that came instead, or null
	 */
	@Nullable Frame readEcho(int first, byte[] payload) {
		Frame echo = readAnsweringPings();
		if (echo.isClose()) {
			return echo;
		}
		if (echo.first() != first || !Arrays.equals(echo.payload(), payload)) {
			throw new AssertionError("Echo of %x with %d bytes is %x with %d bytes".formatted(first, payload.length,
					echo.first(), echo.payload().length));
		}
		return null;
	}

	/**
	 * Sends a close frame, and waits for the answer and for the end of the connection.
	 */
	void closeTunnel(byte... close) {
		send(CLOSE, close);
		Frame frame = readAnsweringPings();
		while (!frame.isClose()) {
			frame = readAnsweringPings();
		}
		endConnection();
	}

	/**
	 * Waits for a close frame, and answers it.
	 */
	void awaitClose() {
		Frame frame = readAnsweringPings();
		while (!frame.isClose()) {
			frame = readAnsweringPings();
		}
		answerClose(frame);
	}

	void answerClose(Frame close) {
		send(CLOSE, close.payload());
		endConnection();
	}

	/**
	 * The server closes the connection first (RFC 6455, section 7.1.1).
	 */
	private void endConnection() {
		if (!this.client) {
			this.wire.fin();
		}
		this.wire.awaitEnd();
	}

}
