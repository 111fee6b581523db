package io.switchgate.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/**
 * One end of a connection. A thread of its own reads all bytes as soon as they come.
 */
final class Peer implements AutoCloseable {

	private final ConnectionLock lock;

	private final Socket socket;

	private byte[] received = new byte[0];

	private boolean ended;

	private boolean upgrade;

	private boolean tunnel;

	Peer(ConnectionLock lock, Socket socket) throws IOException {
		this.lock = lock;
		this.socket = socket;
		socket.setTcpNoDelay(true);
		Thread reader = new Thread(this::read, "conformance-" + socket.getLocalPort());
		reader.setDaemon(true);
		reader.start();
	}

	static Peer connect(ConnectionLock lock, InetSocketAddress address) {
		try {
			Socket socket = new Socket();
			socket.connect(address, (int) lock.deadline().toMillis());
			return new Peer(lock, socket);
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
				this.lock.update(() -> this.received = concat(this.received, bytes));
				length = this.socket.getInputStream().read(buffer);
			}
		}
		catch (IOException ex) {
			// A reset also ends the connection.
		}
		this.lock.update(() -> this.ended = true);
	}

	private static byte[] concat(byte[] first, byte[] second) {
		ByteArrayOutputStream both = new ByteArrayOutputStream(first.length + second.length);
		both.writeBytes(first);
		both.writeBytes(second);
		return both.toByteArray();
	}

	/**
	 * Sends bytes until the connection ends.
	 * @param bytes bytes to send
	 * @param step number of bytes that are sent at a time
	 */
	void send(byte[] bytes, int step) {
		try {
			for (int i = 0; i < bytes.length && !ended(); i += step) {
				this.socket.getOutputStream().write(bytes, i, Math.min(step, bytes.length - i));
			}
		}
		catch (IOException ex) {
			// The other side refuses the rest, and the other thread reads its answer.
		}
	}

	byte[] received() {
		return this.lock.read(() -> this.received);
	}

	byte[] take(int length) {
		return this.lock.read(() -> {
			byte[] taken = Arrays.copyOf(this.received, length);
			this.received = Arrays.copyOfRange(this.received, length, this.received.length);
			return taken;
		});
	}

	byte[] takeAll() {
		return this.lock.read(() -> take(this.received.length));
	}

	boolean ended() {
		return this.lock.read(() -> this.ended);
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
			// The other side has closed the connection before.
		}
	}

	void reset() {
		try {
			this.socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// The other side has closed the connection before.
		}
		close();
	}

	@Override
	public void close() {
		this.lock.update(() -> this.ended = true);
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// Nothing is left to close.
		}
	}

}
