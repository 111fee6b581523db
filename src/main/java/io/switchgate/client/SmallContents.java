package io.switchgate.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Joins small pieces of a request body that came in one read. Each piece would cost the
 * framework and the upstream as much as a large one.
 */
final class SmallContents extends ChannelInboundHandlerAdapter {

	/**
	 * Bytes of the largest piece that is copied. Copying more costs more than it saves.
	 */
	private static final int SMALL = 1024;

	/**
	 * Bytes of a joined piece, as many as the decoder puts into one.
	 */
	private static final int ENOUGH = 8192;

	private @Nullable ByteBuf joined;

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof HttpContent content && !(msg instanceof LastHttpContent)
				&& content.content().readableBytes() < SMALL) {
			join(ctx, content.content());
		}
		else {
			passOn(ctx);
			ctx.fireChannelRead(msg);
		}
	}

	private void join(ChannelHandlerContext ctx, ByteBuf piece) {
		ByteBuf bytes = this.joined;
		if (bytes == null) {
			bytes = ctx.alloc().buffer(piece.readableBytes());
			this.joined = bytes;
		}
		bytes.writeBytes(piece);
		piece.release();
		if (bytes.readableBytes() >= ENOUGH) {
			passOn(ctx);
		}
	}

	private void passOn(ChannelHandlerContext ctx) {
		ByteBuf bytes = this.joined;
		if (bytes != null) {
			this.joined = null;
			ctx.fireChannelRead(new DefaultHttpContent(bytes));
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		passOn(ctx);
		ctx.fireChannelReadComplete();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		if (this.joined != null) {
			this.joined.release();
			this.joined = null;
		}
	}

}
