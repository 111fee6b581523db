package io.switchgate.transport;

import java.io.IOException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;

/**
 * Last handler of an HTTP/2 connection. What a client breaks has been answered with a
 * GOAWAY by then, if it could be, and the streams know; without this handler Netty would
 * log each case with its stack, and some with the bytes that came.
 *
 * <p>
 * No issue is known; seen with Netty 4.2.18 and Reactor Netty 1.3.8.
 */
public final class ConnectionErrors extends ChannelInboundHandlerAdapter {

	private ConnectionErrors() {
	}

	/**
	 * Joins a connection if it speaks HTTP/2.
	 * @param pipeline its pipeline, with all handlers of HTTP/2
	 */
	public static void prepare(ChannelPipeline pipeline) {
		if (pipeline.context(Http2FrameCodec.class) != null) {
			pipeline.addLast(new ConnectionErrors());
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (!(cause instanceof Http2Exception || cause instanceof IOException || cause instanceof DecoderException)) {
			ctx.fireExceptionCaught(cause);
		}
	}

}
