package io.switchgate.tunnel;

import java.util.List;
import java.util.Set;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

import io.switchgate.transport.ClientGate;

/**
 * Turns the pipeline of an HTTP connection into that of a tunnel's end. It knows the
 * handlers that Reactor Netty adds for a request and its answer. The packages client and
 * upstream know those of a connection, which they prepare.
 */
final class PipelineSwitch {

	static final String TUNNEL = "switchgate.tunnel";

	static final String STREAM = "switchgate.stream";

	/**
	 * Handlers of a client's connection that act on answers. Other handlers between the
	 * codec and the tail see nothing of the tunnel but its end.
	 */
	private static final Set<String> CLIENT_HTTP = Set.of(NettyPipeline.HttpTrafficHandler,
			NettyPipeline.CompressionHandler, NettyPipeline.ReadTimeoutHandler, NettyPipeline.IdleTimeoutHandler);

	private PipelineSwitch() {
	}

	/**
	 * Removes the HTTP client from a connection: everything from the codec to the tail.
	 * The channel stops reading, and bytes that were already read reach the end of the
	 * tunnel.
	 */
	static void upstream(Connection connection, TunnelEnd end) {
		Channel channel = connection.channel();
		channel.config().setAutoRead(false);
		ChannelPipeline pipeline = channel.pipeline();
		String codec = (channel instanceof Http2StreamChannel) ? NettyPipeline.H2ToHttp11Codec
				: pipeline.context(HttpClientCodec.class).name();
		List<String> names = pipeline.names();
		pipeline.addAfter(codec, TUNNEL, end);
		if (channel instanceof Http2StreamChannel) {
			remove(pipeline, NettyPipeline.ResponseTimeoutHandler);
			pipeline.addAfter(codec, STREAM, new StreamBytes());
		}
		else {
			channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
		}
		connection.rebind(() -> channel);
		for (String name : names.subList(names.indexOf(codec) + 1, names.size())) {
			remove(pipeline, name);
		}
		pipeline.remove(codec);
	}

	/**
	 * Removes the handlers that would act on the 101: they count requests on the
	 * connection and start timers for the next one.
	 */
	static void beforeAnswer(Channel client) {
		CLIENT_HTTP.forEach((name) -> remove(client.pipeline(), name));
	}

	/**
	 * Adds the end of the tunnel behind the codec.
	 */
	static void afterAnswer(Channel client, TunnelEnd end) {
		ChannelPipeline pipeline = client.pipeline();
		if (client instanceof Http2StreamChannel) {
			String gate = pipeline.context(ClientGate.class).name();
			pipeline.addAfter(gate, TUNNEL, end).addAfter(gate, STREAM, new StreamBytes());
			return;
		}
		client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
		pipeline.addAfter(pipeline.context(HttpServerCodec.class).name(), TUNNEL, end);
	}

	/**
	 * Removes the codec. Bytes that the codec or the gate still holds reach the end of
	 * the tunnel.
	 */
	static void releaseClient(Channel client) {
		ChannelPipeline pipeline = client.pipeline();
		remove(pipeline, HttpServerCodec.class);
		remove(pipeline, ClientGate.class);
	}

	private static void remove(ChannelPipeline pipeline, String name) {
		if (pipeline.get(name) != null) {
			pipeline.remove(name);
		}
	}

	private static void remove(ChannelPipeline pipeline, Class<? extends ChannelHandler> type) {
		if (pipeline.get(type) != null) {
			pipeline.remove(type);
		}
	}

}
