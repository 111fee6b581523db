package io.switchgate.client;

import java.time.Duration;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Stream;

import io.switchgate.transport.ConnectionWindow;
import io.switchgate.transport.Timer;

/**
 * Closes an HTTP/2 connection that has had no stream for as long as an HTTP/1.1
 * connection may take for its next request.
 */
final class StreamsWatch extends Http2ConnectionAdapter {

	private static final int MIN_READ = 64;

	private static final int FIRST_READ = 2048;

	/**
	 * Most bytes of one read. They may hold 1,600 frames, and other clients wait until
	 * all of them are handled.
	 */
	private static final int MAX_READ = 16 * 1024;

	private final ChannelHandlerContext ctx;

	private final Http2Connection connection;

	private final Duration idleTime;

	private final Timer deadline = new Timer();

	private StreamsWatch(ChannelHandlerContext codec, Http2Connection connection, Duration idleTime) {
		this.ctx = codec;
		this.connection = connection;
		this.idleTime = idleTime;
	}

	/**
	 * Starts later on the event loop, when the HTTP/2 handlers are in the pipeline.
	 */
	static void begin(Channel channel, ClientProperties properties) {
		channel.config()
			.setRecvByteBufAllocator(
					new AdaptiveRecvByteBufAllocator(MIN_READ, FIRST_READ, MAX_READ).maxMessagesPerRead(1));
		channel.eventLoop().execute(() -> {
			ChannelHandlerContext codec = channel.pipeline().context(Http2FrameCodec.class);
			if (codec != null) {
				Http2Connection connection = ((Http2FrameCodec) codec.handler()).connection();
				channel.pipeline().addAfter(codec.name(), null, new UnknownFrames());
				new StreamsWatch(codec, connection, properties.headTimeout()).begin(properties.streams());
			}
		});
	}

	private void begin(int streams) {
		ConnectionWindow.widen(this.ctx, streams);
		this.connection.addListener(this);
		this.ctx.channel().closeFuture().addListener((closed) -> this.deadline.stop());
		startIfNoneIsOpen();
	}

	private void startIfNoneIsOpen() {
		if (this.connection.numActiveStreams() == 0) {
			this.deadline.start(this.ctx.executor(), this.idleTime, this.ctx.channel()::close);
		}
	}

	@Override
	public void onStreamActive(Http2Stream stream) {
		this.deadline.stop();
	}

	@Override
	public void onStreamClosed(Http2Stream stream) {
		startIfNoneIsOpen();
	}

}
