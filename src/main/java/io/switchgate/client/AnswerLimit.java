package io.switchgate.client;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes an HTTP/2 connection whose client sends too many PING and SETTINGS frames, or
 * does not read the answers to them. Netty's own limit is 10,000 unread answers, which
 * take three megabytes of heap. Reactor Netty has no setting for this limit.
 *
 * <p>
 * For Netty 4.2 and Reactor Netty 1.3 (netty/netty#17466, netty/netty#3998).
 */
final class AnswerLimit extends ChannelDuplexHandler {

	/**
	 * Most answers to PING and SETTINGS frames in a second.
	 */
	private static final int RATE = 1000;

	/**
	 * Most answers and resets that are queued while the channel is not writable. About
	 * 580 more fit below the high water mark.
	 */
	private static final int WAITING = 400;

	/**
	 * Bytes that the decoder gets at once. One read may hold 7,000 SETTINGS frames, and
	 * the decoder does not stop when the connection is closed.
	 */
	private static final int PIECE = 4096;

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	/**
	 * Length of a frame's header, and the offset of the type (RFC 9113, section 4.1).
	 */
	private static final int HEAD = 9;

	private static final int TYPE = 3;

	private static final int LONGEST_PAYLOAD = 8;

	private int waiting;

	private int answers;

	private long second;

	/**
	 * Whether this handler has closed the connection. A channel of io_uring stays open
	 * until its current write has ended.
	 */
	private boolean closed;

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		ByteBuf bytes = (ByteBuf) msg;
		while (bytes.readableBytes() > PIECE && !this.closed) {
			ctx.fireChannelRead(bytes.readRetainedSlice(PIECE));
		}
		if (this.closed) {
			bytes.release();
		}
		else {
			ctx.fireChannelRead(bytes);
		}
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (this.closed) {
			ReferenceCountUtil.release(msg);
			promise.tryFailure(new ClosedChannelException());
			return;
		}
		int type = type(msg);
		boolean demanded = type == Http2FrameTypes.PING || type == Http2FrameTypes.SETTINGS;
		if ((demanded || type == Http2FrameTypes.RST_STREAM) && !ctx.channel().isWritable()) {
			this.waiting++;
		}
		ctx.write(msg, promise);
		if (demanded && isTooFast(ctx) || this.waiting > WAITING && isUnread(ctx)) {
			this.closed = true;
			ctx.close();
		}
	}

	/**
	 * Returns the type of a frame that is short enough for an answer, or -1.
	 */
	private static int type(Object msg) {
		if (!(msg instanceof ByteBuf frame) || frame.readableBytes() < HEAD
				|| frame.readableBytes() > HEAD + LONGEST_PAYLOAD) {
			return -1;
		}
		return frame.getByte(frame.readerIndex() + TYPE);
	}

	private boolean isTooFast(ChannelHandlerContext ctx) {
		long now = ctx.executor().ticker().nanoTime();
		if (now - this.second > SECOND) {
			this.second = now;
			this.answers = 0;
		}
		return ++this.answers > RATE;
	}

	/**
	 * Sends the answers first: those of one read are otherwise sent at its end.
	 */
	private boolean isUnread(ChannelHandlerContext ctx) {
		ctx.flush();
		return this.waiting > WAITING;
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		if (ctx.channel().isWritable()) {
			this.waiting = 0;
		}
		ctx.fireChannelWritabilityChanged();
	}

}
