package io.switchgate.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/**
 * One end of a connection, which reads whatever comes as soon as it comes.
 */
final class Peer implements AutoCloseable {

	private final Board board;

	private final Socket socket;

	private byte[] received = new byte[0];

	private boolean ended;

	private boolean upgrade;

	private boolean tunnel;

	Peer(Board board, Socket socket) throws IOException {
		this.board = board;
		this.socket = socket;
		socket.setTcpNoDelay(true);
		Thread reader = new Thread(this::read, "conformance-" + socket.getLocalPort());
		reader.setDaemon(true);
		reader.start();
	}

	static Peer connect(Board board, InetSocketAddress address) {
		try {
			Socket socket = new Socket();
			socket.connect(address, (int) board.deadline().toMillis());
			return new Peer(board, socket);
		}
		catch (IOException ex) {
			throw new IllegalStateException("No connection to " + address, ex);
		}
	}

	private void read() {
		byte[] buffer = new byte[64 * 1024];
		try {
			int length = this.socket.getInputStream().read(buffer);
			while (length != -1) {
				byte[] bytes = Arrays.copyOf(buffer, length);
				this.board.change(() -> this.received = concat(this.received, bytes));
				length = this.socket.getInputStream().read(buffer);
			}
		}
		catch (IOException ex) {
			// A reset is an end as well.
		}
		this.board.change(() -> this.ended = true);
	}

	private static byte[] concat(byte[] first, byte[] second) {
		ByteArrayOutputStream both = new ByteArrayOutputStream(first.length + second.length);
		both.writeBytes(first);
		both.writeBytes(second);
		return both.toByteArray();
	}

	/**
	 * Sends bytes, or as many as the other side takes.
	 * @param bytes bytes to send
	 * @param step bytes of a segment
	 */
	void send(byte[] bytes, int step) {
		try {
			for (int i = 0; i < bytes.length && !ended(); i += step) {
				this.socket.getOutputStream().write(bytes, i, Math.min(step, bytes.length - i));
			}
		}
		catch (IOException ex) {
			// It has refused the rest: what it said is read by the other thread.
		}
	}

	byte[] received() {
		return this.board.read(() -> this.received);
	}

	byte[] take(int length) {
		return this.board.read(() -> {
			byte[] taken = Arrays.copyOf(this.received, length);
			this.received = Arrays.copyOfRange(this.received, length, this.received.length);
			return taken;
		});
	}

	byte[] takeAll() {
		return this.board.read(() -> take(this.received.length));
	}

	boolean ended() {
		return this.board.read(() -> this.ended);
	}

	boolean isUpgrade() {
		return this.upgrade;
	}

	void markUpgrade() {
		this.upgrade = true;
	}

	boolean isTunnel() {
		return this.tunnel;
	}

	void markTunnel() {
		this.tunnel = true;
	}

	void fin() {
		try {
			this.socket.shutdownOutput();
		}
		catch (IOException ex) {
			// The other side was faster.
		}
	}

	void reset() {
		try {
			this.socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// The other side was faster.
		}
		close();
	}

	@Override
	public void close() {
		this.board.change(() -> this.ended = true);
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// Nothing is left to close.
		}
	}

}
