package io.switchgate.client;

import java.net.InetSocketAddress;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.ProxyProtocolSupportType;

import io.switchgate.forwarded.TrustedHops;
import io.switchgate.problem.ProblemException;
import io.switchgate.problem.Problems;
import io.switchgate.transport.IgnoredUpgrade;
import io.switchgate.transport.OpenFiles;

/**
 * Prepares each new connection of a client.
 */
final class ClientConnections {

	private static final String GATE = RequestGate.class.getName();

	private final ClientProperties properties;

	private final TrustedHops trusted;

	private final Problems problems;

	private final ConnectionLimits limits;

	ClientConnections(ClientProperties properties, TrustedHops trusted, Problems problems, OpenFiles files) {
		this.properties = properties;
		this.trusted = trusted;
		this.problems = problems;
		this.limits = new ConnectionLimits(() -> (properties.connections() > 0)
				? Math.min(properties.connections(), files.share()) : files.share(), properties.connectionsPerAddress(),
				files.reserved() / 2);
	}

	HttpServer customize(HttpServer server) {
		int headSize = Math.toIntExact(this.properties.headSize().toBytes());
		return server.httpRequestDecoder((decoder) -> decoder.maxInitialLineLength(headSize).maxHeaderSize(headSize))
			.readTimeout(this.properties.bodyTimeout())
			.http2Settings((settings) -> settings.maxHeaderListSize(headSize)
				.maxConcurrentStreams(this.properties.streams())
				.connectProtocolEnabled(true))
			.proxyProtocol(this.properties.proxyProtocol() ? ProxyProtocolSupportType.ON : ProxyProtocolSupportType.OFF)
			.doOnChannelInit((observer, channel, address) -> prepare(channel))
			.childObserve((connection, state) -> {
				if (state == ConnectionObserver.State.CONNECTED
						&& connection.channel() instanceof Http2StreamChannel stream) {
					// Must be there before the stream's first frame arrives.
					stream.pipeline()
						.addFirst(new StreamGate(this.properties, this.problems))
						.addFirst(ClientStall.watch(stream, this.properties.stallTime(), this.problems));
					SmallFrames.watch(stream);
				}
			});
	}

	private void prepare(Channel channel) {
		// One read for each turn of the event loop: other clients wait until what it
		// holds is handled.
		channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(1));
		ChannelPipeline pipeline = channel.pipeline();
		SslHandler tls = pipeline.get(SslHandler.class);
		if (tls != null) {
			tls.setHandshakeTimeoutMillis(this.properties.tlsHandshakeTimeout().toMillis());
		}
		TlsFailures.prepare(pipeline, this.problems);
		pipeline.addBefore(firstOfHttp(pipeline), GATE, new RequestGate(this.properties, this.problems));
		IgnoredUpgrade.prepare(pipeline);
		refuse(channel, this.limits.enter(channel));
		if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
			return;
		}
		if (!this.trusted.contains(peer)) {
			removeProxyProtocol(pipeline);
			refuse(channel, this.limits.enter(channel, peer.getAddress()));
		}
		else if (this.properties.proxyProtocol()) {
			pipeline.addAfter(NettyPipeline.ProxyProtocolDecoder, null,
					new ProxiedClient((client) -> refuse(channel, this.limits.enter(channel, client))));
		}
	}

	/**
	 * Refuses a connection, in clear text only: with TLS the answer would need a
	 * handshake, and there is no room for one. A client that does not close its
	 * connection holds a file for longer, so only a few are answered at the same time.
	 */
	private void refuse(Channel channel, @Nullable ProblemException problem) {
		ChannelPipeline pipeline = channel.pipeline();
		if (problem == null || pipeline.get(Refusal.class) != null) {
			return;
		}
		if (isTls(pipeline) || !this.limits.refuse(channel)) {
			this.problems.report(problem);
			channel.close();
		}
		else {
			pipeline.addBefore(GATE, null, new Refusal(this.problems.lastAnswer(problem), Refusal.BRIEF));
		}
	}

	static boolean isTls(ChannelPipeline pipeline) {
		return pipeline.get(SslHandler.class) != null || pipeline.get(AbstractSniHandler.class) != null;
	}

	/**
	 * Stops reading a PROXY protocol header, which only a hop in front may send. From a
	 * client such a header is malformed HTTP.
	 */
	private void removeProxyProtocol(ChannelPipeline pipeline) {
		if (this.properties.proxyProtocol()) {
			pipeline.remove(NettyPipeline.ProxyProtocolDecoder);
			pipeline.remove(NettyPipeline.ProxyProtocolReader);
		}
	}

	/**
	 * Returns the name of the HTTP decoder, or of the handler that will add it.
	 */
	private static String firstOfHttp(ChannelPipeline pipeline) {
		for (String name : pipeline.names()) {
			ChannelHandler handler = pipeline.get(name);
			if (handler instanceof HttpServerCodec || handler instanceof ApplicationProtocolNegotiationHandler
					|| handler instanceof CleartextHttp2ServerUpgradeHandler) {
				return name;
			}
		}
		throw new IllegalStateException("No HTTP in " + pipeline.names());
	}

}
