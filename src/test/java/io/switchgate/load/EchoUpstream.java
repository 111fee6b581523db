package io.switchgate.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * WebSocket server that sends each message back, and can reset all of its connections.
 */
final class EchoUpstream implements AutoCloseable {

	private static final int BACKLOG = 8192;

	private static final int MAX_HEAD = 65536;

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final Channel server;

	private EchoUpstream(EventLoopGroup loops) {
		this.server = new ServerBootstrap().group(loops)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childOption(ChannelOption.SO_LINGER, 0)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					EchoUpstream.this.connections.add(channel);
					channel.pipeline()
						.addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_HEAD),
								new WebSocketServerProtocolHandler("/", true), new Echo());
				}

			})
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.syncUninterruptibly()
			.channel();
	}

	static EchoUpstream start(EventLoopGroup loops) {
		return new EchoUpstream(loops);
	}

	String uri() {
		return "http://127.0.0.1:" + ((InetSocketAddress) this.server.localAddress()).getPort();
	}

	int connections() {
		return this.connections.size();
	}

	/**
	 * Resets all connections. With {@code SO_LINGER} of 0, a close sends an RST.
	 */
	void resetAll() {
		this.connections.close();
	}

	@Override
	public void close() {
		this.server.close().syncUninterruptibly();
		this.connections.close().syncUninterruptibly();
	}

	/**
	 * Handler that sends each message back.
	 */
	@ChannelHandler.Sharable
	private static final class Echo extends SimpleChannelInboundHandler<TextWebSocketFrame> {

		@Override
		protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame message) {
			context.writeAndFlush(message.retain());
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

	}

}
