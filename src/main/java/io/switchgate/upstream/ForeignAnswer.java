package io.switchgate.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import org.jspecify.annotations.Nullable;

/**
 * Knows answers in other protocols by their first bytes. The decoder of HTTP would wait
 * for a line end, or complain of something that says nothing to anybody.
 *
 * <p>
 * For Netty 4.2 (netty/netty#16503).
 */
final class ForeignAnswer extends ChannelInboundHandlerAdapter {

	private static final int TLS_ALERT = 0x15;

	private static final int TLS_MAJOR_VERSION = 3;

	private static final int TLS_HEAD = 3;

	private static final int HTTP_2_HEAD = 9;

	private static final int HTTP_2_SETTINGS = 4;

	private static final int HTTP_2_GOAWAY = 7;

	private ByteBuf held = Unpooled.EMPTY_BUFFER;

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (!(msg instanceof ByteBuf bytes)) {
			ctx.fireChannelRead(msg);
			return;
		}
		this.held = Unpooled.wrappedBuffer(this.held, bytes);
		if (isUndecided()) {
			ctx.read();
			return;
		}
		String protocol = protocol();
		if (protocol == null) {
			ctx.pipeline().remove(this);
			return;
		}
		drop();
		ctx.fireExceptionCaught(new DecoderException(protocol + " (expected: HTTP/1.1)"));
		ctx.close();
	}

	/**
	 * An answer in HTTP begins with a letter.
	 */
	private boolean isUndecided() {
		int length = this.held.readableBytes();
		return length == 0 || (first() == TLS_ALERT && length < TLS_HEAD) || (first() == 0 && length < HTTP_2_HEAD);
	}

	private byte first() {
		return this.held.getByte(this.held.readerIndex());
	}

	private @Nullable String protocol() {
		int start = this.held.readerIndex();
		if (first() == TLS_ALERT && this.held.getByte(start + 1) == TLS_MAJOR_VERSION) {
			return "TLS alert";
		}
		// The first frame of a server (RFC 9113, section 3.4), or its refusal.
		return (first() == 0 && isFirst(this.held.getByte(start + 3)) && this.held.getInt(start + 5) == 0)
				? "HTTP/2 frame" : null;
	}

	private static boolean isFirst(byte type) {
		return type == HTTP_2_SETTINGS || type == HTTP_2_GOAWAY;
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		pass(ctx);
		ctx.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		pass(ctx);
	}

	private void pass(ChannelHandlerContext ctx) {
		if (this.held.isReadable()) {
			ByteBuf bytes = this.held;
			this.held = Unpooled.EMPTY_BUFFER;
			ctx.fireChannelRead(bytes);
		}
	}

	private void drop() {
		this.held.release();
		this.held = Unpooled.EMPTY_BUFFER;
	}

}
