package io.switchgate.upstream;

import java.time.Duration;
import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.DefaultHttp2SettingsFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.NettyPipeline;

import io.switchgate.transport.ConnectionWindow;
import io.switchgate.transport.Timer;

/**
 * Watches a connection of HTTP/2 that the tunnels of one event loop to one upstream
 * share: whether the other side speaks HTTP/2 at all, and takes WebSockets (RFC 8441,
 * section 3).
 */
final class SharedConnection extends ChannelInboundHandlerAdapter {

	private static final Logger logger = LoggerFactory.getLogger(SharedConnection.class);

	private static final String INSTEAD = "; UpstreamHttpVersion=1.1 works with HTTP/1.1";

	private final int streams;

	private final Timer deadline = new Timer();

	private boolean begun;

	private boolean connectProtocol;

	private SharedConnection(int streams) {
		this.streams = streams;
	}

	/**
	 * Joins a connection before it is made.
	 * @param channel connection
	 * @param streams streams that it may have
	 */
	static void prepare(Channel channel, int streams) {
		if (channel.pipeline().get(NettyPipeline.H2MaxStreamsHandler) != null) {
			channel.pipeline().addAfter(NettyPipeline.H2MaxStreamsHandler, null, new SharedConnection(streams));
		}
	}

	static SharedConnection of(Channel connection) {
		return Objects.requireNonNull(connection.pipeline().get(SharedConnection.class), "not prepared");
	}

	/**
	 * Returns whether the upstream takes extended CONNECTs.
	 */
	boolean takesConnects() {
		return this.connectProtocol;
	}

	/**
	 * After the handshake of TLS, if there is one. Reactor Netty speaks HTTP/2 whatever
	 * ALPN has chosen: no issue is known; seen with 1.3.8.
	 */
	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		SslHandler tls = ctx.pipeline().get(SslHandler.class);
		if (tls != null && !ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())) {
			fail(ctx,
					new DecoderException(
							"ALPN chose " + Objects.requireNonNullElse(tls.applicationProtocol(), "no protocol")
									+ " (expected: h2)" + INSTEAD));
			return;
		}
		// Nobody takes what an upstream pushes. Reactor Netty 1.3.8 has no setting for
		// it.
		ctx.writeAndFlush(new DefaultHttp2SettingsFrame(new Http2Settings().pushEnabled(false)));
		Duration time = Duration.ofMillis(ctx.channel().config().getConnectTimeoutMillis());
		this.deadline.start(ctx.executor(), time, () -> fail(ctx, new ConnectTimeoutException("No SETTINGS in time")));
		ctx.fireChannelActive();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof Http2SettingsFrame frame) {
			Long value = frame.settings().get(Http2CodecUtil.SETTINGS_ENABLE_CONNECT_PROTOCOL);
			this.connectProtocol |= value != null && value == 1;
			if (!this.begun) {
				this.begun = true;
				this.deadline.stop();
				ConnectionWindow.widen(ctx, this.streams);
				ctx.fireChannelRead(msg);
				return;
			}
		}
		ReferenceCountUtil.release(msg);
	}

	/**
	 * The end of TLS ends all streams, whether a FIN follows or not.
	 */
	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof SslCloseCompletionEvent) {
			ctx.close();
		}
		ctx.fireUserEventTriggered(event);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.deadline.stop();
		ctx.fireChannelInactive();
	}

	/**
	 * What happens later, the streams hear of.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (this.begun) {
			logger.debug("{} failed", ctx.channel(), cause);
		}
		else if (cause instanceof Http2Exception) {
			fail(ctx, new DecoderException("no HTTP/2 (expected: SETTINGS first, RFC 9113, section 3.4)" + INSTEAD));
		}
		else {
			ctx.fireExceptionCaught(cause);
		}
	}

	private void fail(ChannelHandlerContext ctx, Exception cause) {
		this.deadline.stop();
		ctx.fireExceptionCaught(cause);
		ctx.close();
	}

}
