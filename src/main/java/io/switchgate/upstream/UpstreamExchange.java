package io.switchgate.upstream;

import java.io.IOException;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;

/**
 * Does what the HTTP client has no setting for, for upgrades and plain requests alike:
 * the version of the request line, skipping informational answers before the final one
 * (RFC 9110, section 15.2), and refusing a 101 to a request without {@code Upgrade}. The
 * client would take both for final answers and use the connection again, and what came
 * behind them would answer the next request.
 *
 * <p>
 * No issue is known; seen with Reactor Netty 1.3.8.
 */
final class UpstreamExchange extends ChannelDuplexHandler {

	private HttpVersion version = HttpVersion.HTTP_1_1;

	private @Nullable UpstreamListener listener;

	private boolean upgrade;

	private boolean skipping;

	private boolean refused;

	private UpstreamExchange() {
	}

	static HttpClient customize(HttpClient client) {
		return client.doOnRequest((request, connection) -> {
			if (HttpClient.USER_AGENT.equals(request.requestHeaders().get(HttpHeaderNames.USER_AGENT))) {
				request.requestHeaders().remove(HttpHeaderNames.USER_AGENT);
			}
			install(connection.channel().pipeline());
			RequestTimeouts timeouts = request.currentContextView().getOrDefault(RequestTimeouts.class, null);
			if (timeouts != null) {
				AnswerDeadline.begin(connection.channel(), timeouts);
			}
		});
	}

	/**
	 * Before the first request of a connection. HTTP/2 has no such codec, and no 101.
	 */
	private static void install(ChannelPipeline pipeline) {
		ChannelHandlerContext codec = pipeline.context(HttpClientCodec.class);
		if (codec != null && pipeline.get(UpstreamExchange.class) == null) {
			pipeline.addBefore(codec.name(), null, new ForeignAnswer());
			pipeline.addAfter(codec.name(), null, new UpstreamExchange());
		}
	}

	static void speak(Connection connection, UpstreamRequest request) {
		if (connection.channel() instanceof Http2StreamChannel) {
			UpstreamStream.speak(connection, request);
			return;
		}
		UpstreamExchange exchange = connection.channel().pipeline().get(UpstreamExchange.class);
		exchange.version = request.version();
		exchange.listener = request.listener();
		request.listener().connected(connection.channel());
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof HttpRequest request) {
			request.setProtocolVersion(this.version);
			this.upgrade = request.headers().contains(HttpHeaderNames.UPGRADE);
			if (this.listener != null) {
				this.listener.sent(request.method() + " " + request.uri() + " " + request.protocolVersion(),
						request.headers());
			}
		}
		ctx.write(msg, promise);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof HttpObject object && object.decoderResult().isFailure()) {
			refuse(ctx, object.decoderResult().cause());
		}
		else if (msg instanceof HttpResponse response) {
			this.skipping = isInformational(response.status());
			check(ctx, response.status());
			if (this.listener != null && !this.skipping) {
				this.listener.received(response);
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

	/**
	 * Fails the exchange with what the network's errors are translated from: an answer
	 * that is no HTTP, or one that ended before its head did.
	 */
	private void refuse(ChannelHandlerContext ctx, Throwable cause) {
		if (this.refused) {
			return;
		}
		this.refused = true;
		boolean ended = cause instanceof PrematureChannelClosureException;
		ctx.fireExceptionCaught(ended ? new IOException(cause.getMessage(), cause)
				: (cause instanceof DecoderException) ? cause : new DecoderException(cause.getMessage(), cause));
		ctx.close();
	}

	private void check(ChannelHandlerContext ctx, HttpResponseStatus status) {
		if (!this.upgrade && HttpResponseStatus.SWITCHING_PROTOCOLS.equals(status)) {
			refuse(ctx, new DecoderException("101 to a request without Upgrade (expected: another status)"));
		}
		if (status.code() < 100 || status.code() > 999) {
			refuse(ctx, new DecoderException("Status " + status.code() + " (expected: three digits)"));
		}
	}

	private static boolean isInformational(HttpResponseStatus status) {
		return status.codeClass() == HttpStatusClass.INFORMATIONAL
				&& !HttpResponseStatus.SWITCHING_PROTOCOLS.equals(status);
	}

}
