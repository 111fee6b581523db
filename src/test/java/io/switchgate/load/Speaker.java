package io.switchgate.load;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Wire;

/**
 * End of a tunnel that speaks WebSocket.
 */
final class Speaker {

	static final int TEXT = 0x81;

	static final int BINARY = 0x82;

	static final int PING = 0x89;

	static final int PONG = 0x8a;

	private static final int CLOSE = 0x88;

	private static final int NO_CODE = 1005;

	private final Wire wire;

	private final boolean client;

	private int code;

	private Speaker(Wire wire, boolean client) {
		this.wire = wire;
		this.client = client;
	}

	static Speaker client(Wire wire) {
		return new Speaker(wire, true);
	}

	static Speaker upstream(Wire wire) {
		return new Speaker(wire, false);
	}

	Wire wire() {
		return this.wire;
	}

	boolean isClient() {
		return this.client;
	}

	/**
	 * Returns the code of the close frame that came, or 0.
	 */
	int code() {
		return this.code;
	}

	/**
	 * Sends a frame.
	 * @param first first byte of it
	 */
	void say(int first, byte... payload) {
		this.wire.send(new Frame(first, this.client, payload).bytes());
	}

	/**
	 * Returns the next frame.
	 */
	Frame listen() {
		Frame frame = this.wire.frame();
		if (frame.isClose()) {
			this.code = (frame.payload().length > 0) ? frame.code() : NO_CODE;
		}
		return frame;
	}

	/**
	 * Returns the next frame that is no ping; pings are answered.
	 */
	Frame hear() {
		Frame frame = listen();
		while (frame.first() == PING) {
			say(PONG, frame.payload());
			frame = listen();
		}
		return frame;
	}

	/**
	 * Returns the next frame that is no ping, or null if the other end says no more.
	 */
	@Nullable Frame hearOrEnd() {
		try {
			return hear();
		}
		catch (UncheckedIOException ex) {
			if (ex.getCause() instanceof EOFException) {
				return null;
			}
			throw ex;
		}
	}

	/**
	 * Takes the echo of a frame.
	 * @return the close frame that came instead, or null
	 */
	@Nullable Frame hearEcho(int first, byte[] payload) {
		Frame echo = hear();
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
	 * Closes the tunnel.
	 */
	void leave(byte... close) {
		say(CLOSE, close);
		Frame frame = hear();
		while (!frame.isClose()) {
			frame = hear();
		}
		end();
	}

	/**
	 * Waits until the other end closes the tunnel, and answers.
	 */
	void awaitClose() {
		Frame frame = hear();
		while (!frame.isClose()) {
			frame = hear();
		}
		answer(frame);
	}

	void answer(Frame close) {
		say(CLOSE, close.payload());
		end();
	}

	/**
	 * The server closes the connection first (RFC 6455, section 7.1.1).
	 */
	private void end() {
		if (!this.client) {
			this.wire.fin();
		}
		this.wire.awaitEnd();
	}

}
