package io.switchgate.transport;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.uring.IoUringBufferRingAllocator;

/**
 * Buffers for the ring of one event loop, each of which is taken again when everything
 * that was read into it is gone. Netty's allocator would give their memory back under
 * large messages, and Java fills new memory with zeros.
 */
final class ReceiveBuffers implements IoUringBufferRingAllocator {

	static final int SIZE = 64 * 1024;

	/**
	 * As many as the ring has at most, and as many on their way to the other end. There
	 * may be more on their way, but those are not kept.
	 */
	static final int MOST = 128;

	private final List<ByteBuf> kept = new ArrayList<>();

	private int next;

	/**
	 * A buffer that nobody else holds has nothing in it that is still needed, whatever
	 * thread gave it back.
	 */
	@Override
	public ByteBuf allocate() {
		for (int looked = 0; looked < this.kept.size(); looked++) {
			ByteBuf buffer = this.kept.get(this.next);
			this.next = (this.next + 1) % this.kept.size();
			if (buffer.refCnt() == 1) {
				return buffer.clear().retain();
			}
		}
		ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(SIZE);
		if (this.kept.size() < MOST) {
			this.kept.add(buffer.retain());
		}
		return buffer;
	}

	@Override
	public void lastBytesRead(int attempted, int actual) {
		// All have one size.
	}

	/**
	 * Keeps none any more.
	 */
	void release() {
		this.kept.forEach(ByteBuf::release);
		this.kept.clear();
	}

}
