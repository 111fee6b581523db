package io.switchgate.handshake;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.Connection;

/**
 * Does what the HTTP client has no setting for: the version of the request line, and
 * skipping informational answers before the final one (RFC 9110, section 15.2).
 */
final class UpstreamExchange extends ChannelDuplexHandler {

	private final HttpVersion version;

	private boolean skipping;

	private UpstreamExchange(HttpVersion version) {
		this.version = version;
	}

	static void install(Connection connection, HttpVersion version) {
		ChannelPipeline pipeline = connection.channel().pipeline();
		pipeline.addAfter(pipeline.context(HttpClientCodec.class).name(), null, new UpstreamExchange(version));
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof HttpRequest request) {
			request.setProtocolVersion(this.version);
		}
		ctx.write(msg, promise);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof HttpResponse response) {
			this.skipping = isInformational(response.status());
		}
		if (!this.skipping) {
			ctx.fireChannelRead(msg);
			return;
		}
		this.skipping = !(msg instanceof LastHttpContent);
		ReferenceCountUtil.release(msg);
		ctx.read();
	}

	private static boolean isInformational(HttpResponseStatus status) {
		return status.codeClass() == HttpStatusClass.INFORMATIONAL
				&& !HttpResponseStatus.SWITCHING_PROTOCOLS.equals(status);
	}

}
