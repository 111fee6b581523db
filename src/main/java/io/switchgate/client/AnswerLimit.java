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
 * Closes an HTTP/2 connection whose client demands too many answers with PING and
 * SETTINGS frames, or does not read them. Netty's own limit is 10,000 answers that wait,
 * which are three megabytes of heap, and Reactor Netty has no setting for it.
 */
final class AnswerLimit extends ChannelDuplexHandler {

	/**
	 * Answers to PING and SETTINGS within a second.
	 */
	static final int RATE = 1000;

	/**
	 * Answers and resets that wait while the channel has more to send than its high water
	 * mark, below which there is room for about 580.
	 */
	static final int WAITING = 400;

	/**
	 * Bytes that are decoded before the connection is looked at again. One read may have
	 * 7,000 SETTINGS frames.
	 */
	private static final int PIECE = 4096;

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	/**
	 * Length of a frame's head, and where its type is (RFC 9113, section 4.1).
	 */
	private static final int HEAD = 9;

	private static final int TYPE = 3;

	private static final int LONGEST_PAYLOAD = 8;

	private int waiting;

	private int answers;

	private long second;

	/**
	 * Before the channel is: io_uring first waits for the write that is under way.
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
	 * Returns the type of what may be an answer.
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
	 * The answers of one read wait for its end, unless they are sent now.
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
