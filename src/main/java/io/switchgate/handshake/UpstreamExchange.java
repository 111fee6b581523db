package io.switchgate.handshake;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;

/**
 * Does what the HTTP client has no setting for, for upgrades and plain requests alike:
 * the version of the request line, skipping informational answers before the final one
 * (RFC 9110, section 15.2), and refusing a 101 to a request without {@code Upgrade}. The
 * client would take both for final answers and use the connection again, and what came
 * behind them would answer the next request.
 */
final class UpstreamExchange extends ChannelDuplexHandler {

	private HttpVersion version = HttpVersion.HTTP_1_1;

	private boolean upgrade;

	private boolean skipping;

	private boolean refused;

	private UpstreamExchange() {
	}

	static HttpClient customize(HttpClient client) {
		return client.doOnRequest((request, connection) -> install(connection.channel().pipeline()));
	}

	/**
	 * Before the first request of a connection. HTTP/2 has no such codec, and no 101.
	 */
	private static void install(ChannelPipeline pipeline) {
		ChannelHandlerContext codec = pipeline.context(HttpClientCodec.class);
		if (codec != null && pipeline.get(UpstreamExchange.class) == null) {
			pipeline.addAfter(codec.name(), null, new UpstreamExchange());
		}
	}

	static void speak(Connection connection, HttpVersion version) {
		connection.channel().pipeline().get(UpstreamExchange.class).version = version;
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof HttpRequest request) {
			request.setProtocolVersion(this.version);
			this.upgrade = request.headers().contains(HttpHeaderNames.UPGRADE);
		}
		ctx.write(msg, promise);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof HttpResponse response) {
			this.skipping = isInformational(response.status());
			if (isUnasked(response.status())) {
				refuse(ctx);
			}
		}
		if (!this.skipping && !this.refused) {
			ctx.fireChannelRead(msg);
			return;
		}
		this.skipping = !(msg instanceof LastHttpContent);
		ReferenceCountUtil.release(msg);
		ctx.read();
	}

	private void refuse(ChannelHandlerContext ctx) {
		this.refused = true;
		ctx.fireExceptionCaught(new DecoderException("101 to a request without Upgrade (expected: another status)"));
		ctx.close();
	}

	private boolean isUnasked(HttpResponseStatus status) {
		return !this.upgrade && HttpResponseStatus.SWITCHING_PROTOCOLS.equals(status);
	}

	private static boolean isInformational(HttpResponseStatus status) {
		return status.codeClass() == HttpStatusClass.INFORMATIONAL
				&& !HttpResponseStatus.SWITCHING_PROTOCOLS.equals(status);
	}

}
