package io.switchgate.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler.PriorKnowledgeUpgradeEvent;

/**
 * Serves requests with {@code Upgrade: h2c} over HTTP/1.1, as a server may (RFC 9110,
 * section 7.8): RFC 9113 has dropped that way to HTTP/2, and Netty, which goes it, would
 * need a request whole before its answer, and refuses one with a body.
 *
 * <p>
 * For Netty 4.2 and Reactor Netty 1.3, which cannot leave that way out (netty/netty#7079,
 * reactor/reactor-netty#1071).
 */
public final class IgnoredUpgrade extends ChannelInboundHandlerAdapter {

	private IgnoredUpgrade() {
	}

	/**
	 * Joins a new connection of a server that speaks HTTP/2 in clear text as well.
	 * @param pipeline its pipeline
	 */
	public static void prepare(ChannelPipeline pipeline) {
		ChannelHandlerContext upgrade = pipeline.context(HttpServerUpgradeHandler.class);
		if (upgrade != null) {
			pipeline.addBefore(upgrade.name(), null, new IgnoredUpgrade());
		}
	}

	/**
	 * Whoever has sent a request in HTTP/1.1 did not begin with the preface of HTTP/2.
	 */
	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof HttpRequest) {
			ctx.pipeline().remove(HttpServerUpgradeHandler.class);
			ctx.pipeline().remove(this);
		}
		ctx.fireChannelRead(msg);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof PriorKnowledgeUpgradeEvent) {
			ctx.pipeline().remove(this);
			// Before the first frame, which may be none.
			ConnectionErrors.prepare(ctx.pipeline());
		}
		ctx.fireUserEventTriggered(event);
	}

}
