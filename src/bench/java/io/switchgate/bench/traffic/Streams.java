package io.switchgate.bench.traffic;

import java.util.HashMap;
import java.util.Map;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

/**
 * Connections of HTTP/2, each of which carries the tunnels of a few clients. They stay
 * when clients go.
 */
final class Streams {

	private static final int CLIENTS_OF_CONNECTION = 10;

	/**
	 * Room for what comes back, as much as Chrome gives.
	 */
	private static final int STREAM_WINDOW = 6 * 1024 * 1024;

	private static final int CONNECTION_WINDOW = 15 * 1024 * 1024;

	private final Crowd crowd;

	private final Map<Integer, Future<Channel>> connections = new HashMap<>();

	Streams(Crowd crowd) {
		this.crowd = crowd;
	}

	/**
	 * Opens a tunnel, as soon as its connection is there.
	 */
	void open(Client client) {
		this.connections.computeIfAbsent(client.index() / CLIENTS_OF_CONNECTION, (number) -> connect())
			.addListener((Future<Channel> connected) -> open(connected.getNow(), client));
	}

	private void open(Channel connection, Client client) {
		new Http2StreamChannelBootstrap(connection).handler(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel stream) {
				stream.pipeline().addLast(new StreamTunnel(Streams.this.crowd.port()), client);
			}

		}).open().addListener((opened) -> {
			if (!opened.isSuccess()) {
				this.crowd.fail(new TrafficException("no stream: " + opened.cause().getMessage()));
			}
		});
	}

	private Future<Channel> connect() {
		Promise<Channel> ready = this.crowd.loop().newPromise();
		Http2FrameCodec codec = Http2FrameCodecBuilder.forClient()
			.initialSettings(Http2Settings.defaultSettings().pushEnabled(false).initialWindowSize(STREAM_WINDOW))
			.build();
		this.crowd.dial(codec, new Http2MultiplexHandler(nothingIsPushed()), new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) throws Http2Exception {
				if (message instanceof Http2SettingsFrame frame && !ready.isDone()) {
					check(frame.settings());
					widen(codec.connection());
					ready.setSuccess(context.channel());
				}
				ReferenceCountUtil.release(message);
			}

		}).addListener((connected) -> {
			if (!connected.isSuccess()) {
				this.crowd.fail(new TrafficException("no connection: " + connected.cause().getMessage()));
			}
		});
		return ready;
	}

	private static ChannelHandler nothingIsPushed() {
		return new ChannelInboundHandlerAdapter();
	}

	/**
	 * Clients may ask only when this is announced (RFC 8441, section 3).
	 */
	private void check(Http2Settings settings) {
		if (!Boolean.TRUE.equals(settings.connectProtocolEnabled())) {
			this.crowd.fail(new TrafficException("extended CONNECT is not announced"));
		}
	}

	private static void widen(Http2Connection connection) throws Http2Exception {
		connection.local().flowController().incrementWindowSize(connection.connectionStream(), CONNECTION_WINDOW);
	}

}
