package io.switchgate.load;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import org.jspecify.annotations.Nullable;

/**
 * Client of a {@link Swarm}. It connects again as {@link Backoff} says.
 */
final class SwarmClient {

	private static final String MESSAGE = "Are you there?";

	private static final int HANDSHAKE_TIMEOUT_MILLIS = 60_000;

	private static final int MAX_ANSWER = 8192;

	private final Swarm swarm;

	private volatile @Nullable Channel channel;

	private volatile long lostAt = System.nanoTime();

	private volatile long backAt;

	SwarmClient(Swarm swarm) {
		this.swarm = swarm;
	}

	void connect() {
		this.swarm.bootstrap().clone().handler(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				WebSocketClientProtocolConfig handshake = WebSocketClientProtocolConfig.newBuilder()
					.webSocketUri(SwarmClient.this.swarm.uri())
					.handshakeTimeoutMillis(HANDSHAKE_TIMEOUT_MILLIS)
					.build();
				channel.pipeline()
					.addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_ANSWER),
							new WebSocketClientProtocolHandler(handshake), new Attempt());
			}

		}).connect().addListener((connected) -> {
			if (!connected.isSuccess()) {
				retryAfterFailure("no connection");
			}
		});
	}

	private void retryAfterFailure(String how) {
		this.swarm.failed(how);
		retryIn(Backoff.afterFailure());
	}

	private void retryIn(long millis) {
		if (!this.swarm.isClosed()) {
			this.swarm.bootstrap().config().group().schedule(this::connect, millis, TimeUnit.MILLISECONDS);
		}
	}

	void talk() {
		Channel current = this.channel;
		if (current != null) {
			this.swarm.talked();
			current.writeAndFlush(new TextWebSocketFrame(MESSAGE));
		}
	}

	long absenceMillis() {
		return TimeUnit.NANOSECONDS.toMillis(this.backAt - this.lostAt);
	}

	void close() {
		Channel current = this.channel;
		if (current != null) {
			current.close();
		}
	}

	/**
	 * Handler of one connection.
	 */
	private final class Attempt extends SimpleChannelInboundHandler<TextWebSocketFrame> {

		private @Nullable HttpResponse refusal;

		private boolean echoed;

		@Override
		public void channelActive(ChannelHandlerContext context) {
			SwarmClient.this.channel = context.channel();
			context.fireChannelActive();
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
				context.writeAndFlush(new TextWebSocketFrame(MESSAGE));
			}
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame echo) {
			if (!this.echoed && echo.text().equals(MESSAGE)) {
				this.echoed = true;
				SwarmClient.this.backAt = System.nanoTime();
				SwarmClient.this.swarm.opened();
			}
			else {
				SwarmClient.this.swarm.heard();
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			if (cause instanceof WebSocketClientHandshakeException refused) {
				this.refusal = refused.response();
			}
			context.close();
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			HttpResponse answer = this.refusal;
			if (this.echoed) {
				SwarmClient.this.lostAt = System.nanoTime();
				SwarmClient.this.swarm.lost();
				retryIn(Backoff.AFTER_LOSS);
			}
			else if (answer != null && answer.status().code() == 503) {
				SwarmClient.this.swarm.wasTurnedAway();
				retryIn(Backoff.afterUnavailable(answer.headers().getInt(HttpHeaderNames.RETRY_AFTER, 1)));
			}
			else {
				retryAfterFailure((answer != null) ? answer.status().toString() : "broken off");
			}
		}

	}

}
