package io.switchgate.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;

/**
 * What a client has sent before its time.
 */
final class EarlyBytes {

	private final long limit;

	private final Queue<ByteBuf> held = new ArrayDeque<>(2);

	private long bytes;

	EarlyBytes(long limit) {
		this.limit = limit;
	}

	void hold(ByteBuf early) {
		this.held.add(early);
		this.bytes += early.readableBytes();
	}

	boolean areEnough() {
		return this.bytes >= this.limit;
	}

	/**
	 * Hands over what is held now, which the receiver may hold again. It may also drain
	 * the rest itself, when it finds a reason to refuse it.
	 */
	void drainTo(Consumer<ByteBuf> receiver) {
		this.bytes = 0;
		for (int left = this.held.size(); left > 0 && !this.held.isEmpty(); left--) {
			receiver.accept(this.held.remove());
		}
	}

}
