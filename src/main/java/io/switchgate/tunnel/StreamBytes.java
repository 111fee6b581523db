package io.switchgate.tunnel;

import java.io.IOException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Makes a stream of HTTP/2 look like a connection to the end of a tunnel (RFC 8441,
 * section 5): DATA is bytes, END_STREAM is a FIN, RST_STREAM is a reset.
 */
final class StreamBytes extends ChannelDuplexHandler {

	private boolean inputEnded;

	private boolean outputEnded;

	private boolean reset;

	private boolean closing;

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (!(msg instanceof Http2DataFrame data)) {
			// RFC 9113, section 8.5: nothing but DATA.
			ReferenceCountUtil.release(msg);
			fail(ctx, Http2Error.PROTOCOL_ERROR);
			return;
		}
		boolean last = data.isEndStream();
		ByteBuf bytes = data.content();
		if (bytes.isReadable()) {
			ctx.fireChannelRead(bytes);
		}
		else {
			bytes.release();
		}
		if (last) {
			this.inputEnded = true;
			ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		}
	}

	private void fail(ChannelHandlerContext ctx, Http2Error error) {
		ctx.writeAndFlush(new DefaultHttp2ResetFrame(error));
		ctx.fireExceptionCaught(new IOException("Stream reset: " + error));
	}

	/**
	 * A reset is not answered with another: the stream ends by itself.
	 */
	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof Http2ResetFrame frame) {
			this.reset = true;
			ctx.fireExceptionCaught(new IOException("Stream reset by the other side, code " + frame.errorCode()));
		}
		else {
			// The rest is about the connection: its end is none of the stream's.
			ReferenceCountUtil.release(event);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		if (!this.reset && !this.inputEnded && !this.closing) {
			this.reset = true;
			ctx.fireExceptionCaught(new IOException("The connection of the stream is gone"));
		}
		ctx.fireChannelInactive();
	}

	/**
	 * Begins a batch of reads, which Netty lets a stream do only once: after sixteen
	 * frames, ever, it ends a batch with each frame, and each would be flushed to the
	 * upstream by itself. No issue is known; seen with Netty 4.2.18.
	 *
	 * <p>
	 * Flushes as well: a read gives room back to the client, but Netty sends the
	 * WINDOW_UPDATE only with the end of a read of the connection, which may not come if
	 * the client waits for it. For Netty 4.2 (netty/netty#10072, of which a case is
	 * left).
	 */
	@Override
	public void read(ChannelHandlerContext ctx) {
		ctx.channel().unsafe().recvBufAllocHandle().reset(ctx.channel().config());
		ctx.read();
		ctx.flush();
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof ByteBuf bytes) {
			ctx.write(new DefaultHttp2DataFrame(bytes), promise);
			return;
		}
		this.outputEnded |= msg instanceof Http2DataFrame data && data.isEndStream();
		ctx.write(msg, promise);
	}

	/**
	 * Ends the stream in peace, as a connection ends with a FIN: a reset without an error
	 * follows END_STREAM only if the other side still sends. Both a moment later, so that
	 * what was written before goes out first.
	 */
	@Override
	public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
		if (this.closing || this.reset || !ctx.channel().isActive()) {
			ctx.close(promise);
			return;
		}
		this.closing = true;
		if (!this.outputEnded) {
			this.outputEnded = true;
			ctx.writeAndFlush(new DefaultHttp2DataFrame(true));
		}
		ctx.executor().execute(() -> {
			if (!this.inputEnded && ctx.channel().isActive()) {
				ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
			}
			ctx.close(promise);
		});
	}

}
