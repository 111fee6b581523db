package io.switchgate.bench.traffic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Makes a stream of HTTP/2 look like a connection to its client (RFC 8441, section 5).
 */
final class StreamTunnel extends ChannelDuplexHandler {

	/**
	 * Tells the client that it has its tunnel.
	 */
	static final Object OPENED = new Object();

	private final int port;

	private boolean leaving;

	StreamTunnel(int port) {
		this.port = port;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		context.writeAndFlush(new DefaultHttp2HeadersFrame(BrowserRequest.extendedConnect(this.port)));
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof Http2DataFrame data) {
			boolean last = data.isEndStream();
			context.fireChannelRead(data.content());
			if (last) {
				context.channel().close();
			}
			return;
		}
		if (message instanceof Http2HeadersFrame answer) {
			if (!"200".contentEquals(answer.headers().status())) {
				throw new TrafficException("handshake answered with: " + answer.headers().status());
			}
			context.fireUserEventTriggered(OPENED);
		}
		ReferenceCountUtil.release(message);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof Http2ResetFrame reset && !this.leaving) {
			throw new TrafficException("stream reset, code " + reset.errorCode());
		}
		context.fireUserEventTriggered(event);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		context.write(new DefaultHttp2DataFrame((ByteBuf) message), promise);
	}

	/**
	 * Leaves with END_STREAM, as a connection does with a FIN.
	 */
	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		if (this.leaving) {
			context.close(promise);
		}
		else {
			this.leaving = true;
			context.writeAndFlush(new DefaultHttp2DataFrame(true), promise);
		}
	}

}
