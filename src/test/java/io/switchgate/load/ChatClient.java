package io.switchgate.load;

import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Client that sends a message every two seconds, and every other message in two frames
 * with a pause between them. On a close frame it ends the message that it is sending,
 * answers, and lets the gateway close the connection. A mute client does not answer the
 * close frame, and goes on sending.
 */
final class ChatClient {

	private static final int PERIOD_MILLIS = 2_000;

	private static final int PAUSE_MILLIS = 500;

	private static final int HANDSHAKE_TIMEOUT_MILLIS = 60_000;

	private static final int MAX_ANSWER = 8192;

	private final String path;

	private final boolean mute;

	private final Runnable whenOpen;

	private final Received received = new Received();

	private volatile int sent;

	private volatile boolean ended;

	ChatClient(String path, boolean mute, Runnable whenOpen) {
		this.path = path;
		this.mute = mute;
		this.whenOpen = whenOpen;
	}

	void connect(EventLoopGroup loops, int port) {
		WebSocketClientProtocolConfig handshake = WebSocketClientProtocolConfig.newBuilder()
			.webSocketUri(URI.create("ws://127.0.0.1:" + port + this.path))
			.handshakeTimeoutMillis(HANDSHAKE_TIMEOUT_MILLIS)
			.handleCloseFrames(false)
			.build();
		new Bootstrap().group(loops).channel(NioSocketChannel.class).handler(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				channel.pipeline()
					.addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_ANSWER),
							new WebSocketClientProtocolHandler(handshake), new ChatHandler());
			}

		}).connect(InetAddress.getLoopbackAddress(), port);
	}

	String path() {
		return this.path;
	}

	boolean isMute() {
		return this.mute;
	}

	Received received() {
		return this.received;
	}

	/**
	 * Returns how many messages this client has sent to their end.
	 */
	int sent() {
		return this.sent;
	}

	/**
	 * Returns whether the connection has ended.
	 */
	boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Sends and receives from the handshake to the end of the connection.
	 */
	private final class ChatHandler extends SimpleChannelInboundHandler<WebSocketFrame> {

		private boolean insideMessage;

		private @Nullable Future<?> next;

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
				sendIn(context, ThreadLocalRandom.current().nextInt(PERIOD_MILLIS));
				ChatClient.this.whenOpen.run();
			}
		}

		private void sendIn(ChannelHandlerContext context, int millis) {
			this.next = context.executor().schedule(() -> send(context), millis, TimeUnit.MILLISECONDS);
		}

		private void send(ChannelHandlerContext context) {
			String text = Received.text(ChatClient.this.sent);
			boolean first = ChatClient.this.sent % 2 == 1 && !this.insideMessage;
			context.writeAndFlush(this.insideMessage ? new ContinuationWebSocketFrame(true, 0, text)
					: new TextWebSocketFrame(!first, 0, text));
			this.insideMessage = first;
			if (!first) {
				ChatClient.this.sent = ChatClient.this.sent + 1;
			}
			sendIn(context, first ? PAUSE_MILLIS : PERIOD_MILLIS);
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
			ChatClient.this.received.add(frame);
			if (frame instanceof CloseWebSocketFrame && !ChatClient.this.mute) {
				stopSending();
				if (this.insideMessage) {
					send(context);
					stopSending();
				}
				context.writeAndFlush(frame.retain());
			}
		}

		private void stopSending() {
			if (this.next != null) {
				this.next.cancel(false);
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			stopSending();
			ChatClient.this.ended = true;
		}

	}

}
