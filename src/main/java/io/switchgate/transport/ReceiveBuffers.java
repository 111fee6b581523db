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
	 * Most buffers that are kept for reuse: those in the ring, and those whose bytes are
	 * not written yet.
	 */
	static final int MOST = 128;

	/**
	 * Size of a buffer when there is no direct memory for a large one. Without any buffer
	 * Netty would stop using the ring for good (netty/netty#14869). Small buffers only
	 * make reads slow.
	 */
	private static final int LAST_SIZE = 1024;

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
		ByteBuf buffer = allocateNew();
		if (buffer.capacity() == SIZE && this.kept.size() < MOST) {
			this.kept.add(buffer.retain());
		}
		return buffer;
	}

	private static ByteBuf allocateNew() {
		try {
			return ByteBufAllocator.DEFAULT.directBuffer(SIZE);
		}
		catch (OutOfMemoryError ex) {
			return ByteBufAllocator.DEFAULT.directBuffer(LAST_SIZE);
		}
	}

	@Override
	public void lastBytesRead(int attempted, int actual) {
		// The size of a buffer does not depend on earlier reads.
	}

	/**
	 * Keeps none any more.
	 */
	void release() {
		this.kept.forEach(ByteBuf::release);
		this.kept.clear();
	}

}
