package io.switchgate.client;

import java.io.IOException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * Last handler of an HTTP/2 connection. What a client breaks has been answered with a
 * GOAWAY by then, if it could be, and the streams know; without this handler Netty would
 * log each case with its stack.
 */
final class ConnectionErrors extends ChannelInboundHandlerAdapter {

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (!(cause instanceof Http2Exception || cause instanceof IOException || cause instanceof DecoderException)) {
			ctx.fireExceptionCaught(cause);
		}
	}

}
