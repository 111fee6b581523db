package io.switchgate.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import org.jspecify.annotations.Nullable;

/**
 * WebSocket server that sends each frame back, also close frames, and records what it
 * received from which client.
 */
final class ChatUpstream implements AutoCloseable {

	private static final int BACKLOG = 8192;

	private static final int MAX_HEAD = 65536;

	private final Map<String, Received> received = new ConcurrentHashMap<>();

	private final Channel server;

	private ChatUpstream(EventLoopGroup loops) {
		WebSocketServerProtocolConfig protocol = WebSocketServerProtocolConfig.newBuilder()
			.websocketPath("/")
			.checkStartsWith(true)
			.handleCloseFrames(false)
			.build();
		this.server = new ServerBootstrap().group(loops)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_HEAD),
								new WebSocketServerProtocolHandler(protocol), new Echo());
				}

			})
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.syncUninterruptibly()
			.channel();
	}

	static ChatUpstream start(EventLoopGroup loops) {
		return new ChatUpstream(loops);
	}

	String uri() {
		return "http://127.0.0.1:" + ((InetSocketAddress) this.server.localAddress()).getPort();
	}

	/**
	 * Returns what came from a client.
	 * @param path path of its handshake
	 */
	Received from(String path) {
		return Objects.requireNonNull(this.received.get(path), path);
	}

	@Override
	public void close() {
		this.server.close().syncUninterruptibly();
	}

	/**
	 * Handler of one connection.
	 */
	private final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {

		private @Nullable Received received;

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete handshake) {
				this.received = new Received();
				ChatUpstream.this.received.put(handshake.requestUri(), this.received);
			}
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
			Objects.requireNonNull(this.received, "no handshake").add(frame);
			context.writeAndFlush(frame.retain());
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

	}

}
