package io.switchgate.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a client has sent too early. They are copied, because the buffer of a read
 * may be a thousand times as large as its content. Reading stops at a limit and later
 * continues in its former mode: with auto-read, because NIO and epoll go on reading while
 * it is on, or with the single read that somebody has asked for.
 */
final class EarlyBytes {

	private static final int PIECE = 1024;

	private final long limit;

	private final Deque<ByteBuf> held = new ArrayDeque<>(2);

	private long bytes;

	private boolean autoReadStopped;

	private boolean readSuppressed;

	private boolean draining;

	EarlyBytes(long limit) {
		this.limit = limit;
	}

	/**
	 * Holds bytes behind those that already wait.
	 * @param early bytes, which this method releases
	 */
	void hold(ByteBuf early, ChannelHandlerContext ctx) {
		this.bytes += early.readableBytes();
		ByteBuf last = this.held.peekLast();
		if (last != null) {
			last.writeBytes(early, Math.min(early.readableBytes(), last.writableBytes()));
		}
		if (early.isReadable()) {
			int size = Math.max(early.readableBytes(), PIECE);
			this.held.addLast(ctx.alloc().buffer(size, size).writeBytes(early));
		}
		early.release();
		if (areEnough()) {
			stopAutoRead(ctx.channel().config());
		}
	}

	boolean areEnough() {
		return this.bytes >= this.limit;
	}

	/**
	 * Reads unless enough bytes wait. Whoever turns auto-read on again causes a read at
	 * once, so this method can turn it off again.
	 */
	void read(ChannelHandlerContext ctx) {
		if (areEnough() && !this.draining) {
			this.readSuppressed = true;
			stopAutoRead(ctx.channel().config());
		}
		else {
			ctx.read();
		}
	}

	private void stopAutoRead(ChannelConfig config) {
		if (config.isAutoRead()) {
			this.autoReadStopped = true;
			config.setAutoRead(false);
		}
	}

	/**
	 * Hands over bytes until the receiver returns some. Auto-read has its former value
	 * during that, because the receiver may turn it off and on.
	 * @param receiver takes bytes and returns what is left of them, or null
	 */
	void drain(ChannelHandlerContext ctx, Function<ByteBuf, @Nullable ByteBuf> receiver) {
		this.draining = true;
		if (this.autoReadStopped) {
			this.autoReadStopped = false;
			this.readSuppressed = false;
			ctx.channel().config().setAutoRead(true);
		}
		ByteBuf rest = null;
		while (rest == null && !this.held.isEmpty()) {
			ByteBuf first = this.held.removeFirst();
			this.bytes -= first.readableBytes();
			rest = receiver.apply(first);
		}
		if (rest != null) {
			this.bytes += rest.readableBytes();
			this.held.addFirst(rest);
		}
		this.draining = false;
		readOn(ctx);
	}

	private void readOn(ChannelHandlerContext ctx) {
		if (areEnough()) {
			stopAutoRead(ctx.channel().config());
		}
		else if (this.readSuppressed) {
			this.readSuppressed = false;
			ctx.read();
		}
	}

	void release() {
		this.held.forEach(ByteBuf::release);
		this.held.clear();
		this.bytes = 0;
	}

}
