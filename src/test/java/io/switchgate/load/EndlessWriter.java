package io.switchgate.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Writes some bytes once, and then other bytes again and again.
 */
final class EndlessWriter {

	private final SocketChannel socket;

	private final ByteBuffer next;

	private ByteBuffer pending;

	private long written;

	EndlessWriter(SocketChannel socket, byte[] first, byte[] next) {
		this.socket = socket;
		this.pending = ByteBuffer.wrap(first);
		this.next = ByteBuffer.wrap(next);
	}

	/**
	 * Writes what the socket takes, once.
	 * @throws IOException if the connection has ended
	 */
	void write() throws IOException {
		if (!this.pending.hasRemaining()) {
			this.pending = this.next.duplicate();
		}
		this.written += this.socket.write(this.pending);
	}

	long written() {
		return this.written;
	}

}
