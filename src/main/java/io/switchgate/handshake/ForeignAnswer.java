package io.switchgate.handshake;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Knows answers in other protocols by their first bytes. The decoder of HTTP would wait
 * for a line end, or complain of something that says nothing to anybody.
 */
final class ForeignAnswer extends ChannelInboundHandlerAdapter {

	private static final int TLS_ALERT = 0x15;

	private static final int TLS_MAJOR_VERSION = 3;

	private static final int HTTP_2_HEAD = 9;

	private static final int HTTP_2_SETTINGS = 4;

	private static final int HTTP_2_GOAWAY = 7;

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		String protocol = (msg instanceof ByteBuf bytes) ? protocol(bytes) : null;
		if (protocol == null) {
			ctx.fireChannelRead(msg);
			ctx.pipeline().remove(this);
			return;
		}
		ReferenceCountUtil.release(msg);
		ctx.fireExceptionCaught(new DecoderException(protocol + " (expected: HTTP/1.1)"));
		ctx.close();
	}

	private static @Nullable String protocol(ByteBuf bytes) {
		int start = bytes.readerIndex();
		if (bytes.readableBytes() > 2 && bytes.getByte(start) == TLS_ALERT
				&& bytes.getByte(start + 1) == TLS_MAJOR_VERSION) {
			return "TLS alert";
		}
		// The first frame of a server (RFC 9113, section 3.4), or its refusal.
		return (bytes.readableBytes() >= HTTP_2_HEAD && bytes.getByte(start) == 0 && isFirst(bytes.getByte(start + 3))
				&& bytes.getInt(start + 5) == 0) ? "HTTP/2 frame" : null;
	}

	private static boolean isFirst(byte type) {
		return type == HTTP_2_SETTINGS || type == HTTP_2_GOAWAY;
	}

}
