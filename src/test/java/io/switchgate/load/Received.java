package io.switchgate.load;

import java.nio.charset.StandardCharsets;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Frames that one end of a tunnel has received. Messages are numbered, and messages with
 * odd numbers come in two frames.
 */
final class Received {

	static final int NO_CLOSE_FRAME = 1006;

	private volatile int messages;

	private volatile int wrong;

	private volatile int code = NO_CLOSE_FRAME;

	private volatile boolean insideMessage;

	private volatile long closedAt;

	static String text(int number) {
		return number + " " + "x".repeat(100);
	}

	/**
	 * Counts a frame. Runs on the event loop of the connection.
	 */
	void add(WebSocketFrame frame) {
		if (frame instanceof CloseWebSocketFrame close) {
			this.code = close.statusCode();
			this.closedAt = System.nanoTime();
			return;
		}
		boolean continues = frame instanceof ContinuationWebSocketFrame;
		boolean expected = (continues || frame instanceof TextWebSocketFrame) && continues == this.insideMessage;
		String payload = frame.content().toString(StandardCharsets.US_ASCII);
		if (!expected || !payload.equals(text(this.messages))) {
			this.wrong = this.wrong + 1;
		}
		this.insideMessage = !frame.isFinalFragment();
		if (frame.isFinalFragment()) {
			this.messages = this.messages + 1;
		}
	}

	int messages() {
		return this.messages;
	}

	/**
	 * Returns how many frames came out of order or with another content.
	 */
	int wrong() {
		return this.wrong;
	}

	int code() {
		return this.code;
	}

	long closedAt() {
		return this.closedAt;
	}

	/**
	 * Returns whether the last message has no final frame.
	 */
	boolean isCut() {
		return this.insideMessage;
	}

}
