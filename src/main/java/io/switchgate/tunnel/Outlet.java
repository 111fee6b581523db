package io.switchgate.tunnel;

import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;

import io.switchgate.websocket.ControlFrame;

/**
 * Writes to one end of a tunnel, and knows when its output has ended.
 */
final class Outlet {

	/**
	 * Bytes: a quarter of a receive buffer.
	 */
	private static final int FEW = 16 * 1024;

	private final ChannelHandlerContext ctx;

	private boolean ending;

	private boolean ended;

	private boolean closed;

	private long unsent;

	Outlet(ChannelHandlerContext ctx) {
		this.ctx = ctx;
	}

	/**
	 * Queues bytes for the next flush.
	 * @return whether the end can take more
	 */
	boolean write(ByteBuf bytes) {
		this.ctx.write(mayWait(bytes) ? ownCopy(bytes) : bytes, this.ctx.voidPromise());
		return isWritable();
	}

	/**
	 * Returns whether a few bytes may have to wait behind others. They are then copied,
	 * because a receive buffer is shared and would be kept for as long as they wait.
	 */
	private boolean mayWait(ByteBuf bytes) {
		ChannelOutboundBuffer buffer = this.ctx.channel().unsafe().outboundBuffer();
		boolean behindOthers = (buffer != null) ? buffer.size() > 1 : pendingBytes() > 0;
		return behindOthers && bytes.readableBytes() < FEW;
	}

	private ByteBuf ownCopy(ByteBuf shared) {
		try {
			return this.ctx.alloc().directBuffer(shared.readableBytes()).writeBytes(shared);
		}
		finally {
			shared.release();
		}
	}

	void flush() {
		this.ctx.flush();
	}

	/**
	 * Sends a frame of the gateway's own.
	 * @param masked whether the end is a server
	 */
	void send(ControlFrame frame, boolean masked) {
		write(frame.bytes(masked));
		flush();
	}

	Channel channel() {
		return this.ctx.channel();
	}

	boolean isWritable() {
		return this.ctx.channel().isWritable();
	}

	/**
	 * Returns how many bytes wait in the gateway.
	 */
	long pendingBytes() {
		Channel channel = this.ctx.channel();
		if (channel instanceof Http2StreamChannel) {
			return pendingBytesOfStream(channel);
		}
		ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
		return (buffer != null) ? buffer.totalPendingWriteBytes() - buffer.currentProgress() : 0;
	}

	/**
	 * Computes the waiting bytes from the water marks, because a stream has no buffer of
	 * its own.
	 */
	private static long pendingBytesOfStream(Channel stream) {
		long room = stream.bytesBeforeUnwritable();
		return (room > 0) ? stream.config().getWriteBufferHighWaterMark() + 1 - room
				: stream.config().getWriteBufferLowWaterMark() - 1 + stream.bytesBeforeWritable();
	}

	/**
	 * Sends a FIN after all waiting bytes, unless that has already begun.
	 * @param done called when it was sent, or cannot be sent
	 */
	void end(Runnable done) {
		if (this.ending) {
			return;
		}
		this.ending = true;
		this.ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> {
			SslHandler tls = this.ctx.pipeline().get(SslHandler.class);
			if (tls != null) {
				tls.closeOutbound().addListener((notified) -> shutdown(done));
			}
			else {
				shutdown(done);
			}
		});
	}

	private void shutdown(Runnable done) {
		ChannelFuture end = (this.ctx.channel() instanceof DuplexChannel connection) ? connection.shutdownOutput()
				: this.ctx.writeAndFlush(new DefaultHttp2DataFrame(true));
		end.addListener((shutdown) -> {
			this.ended = true;
			done.run();
		});
	}

	boolean isEnding() {
		return this.ending;
	}

	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Closes the connection without sending its waiting bytes.
	 */
	void close() {
		if (!this.closed) {
			this.closed = true;
			this.unsent = unsentBytes();
		}
		this.ctx.close();
	}

	private long unsentBytes() {
		ChannelOutboundBuffer buffer = channel().unsafe().outboundBuffer();
		if (buffer == null) {
			return pendingBytes();
		}
		AtomicLong bytes = new AtomicLong();
		try {
			buffer.forEachFlushedMessage((message) -> {
				bytes.addAndGet((message instanceof ByteBuf waiting) ? waiting.readableBytes() : 0);
				return true;
			});
		}
		catch (Exception ex) {
			throw new IllegalStateException("Nothing here throws", ex);
		}
		return bytes.get();
	}

	/**
	 * Returns how many bytes were not sent when the gateway closed the connection. With
	 * TLS these are bytes of TLS records.
	 */
	long unsent() {
		return this.unsent;
	}

}
