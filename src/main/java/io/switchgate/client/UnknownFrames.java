package io.switchgate.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2UnknownFrame;

/**
 * Drops frames of unknown types (RFC 9113, section 4.1). They have no flow control, so
 * that Netty would keep any number of them for a stream that is not read.
 *
 * <p>
 * For Netty 4.2 (netty/netty#3998).
 */
final class UnknownFrames extends ChannelInboundHandlerAdapter {

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof Http2UnknownFrame frame) {
			frame.release();
		}
		else {
			ctx.fireChannelRead(msg);
		}
	}

}
