package io.switchgate.tunnel;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

import io.switchgate.websocket.HeaderTokens;

/**
 * Tells {@link EarlyBytes} when a request for an upgrade is complete and when all
 * requests are answered.
 */
final class ExchangeWatch extends ChannelDuplexHandler {

	private final EarlyBytes earlyBytes;

	private final ChannelHandlerContext earlyBytesContext;

	private boolean upgrade;

	private boolean finalAnswer;

	private int unanswered;

	ExchangeWatch(EarlyBytes earlyBytes, ChannelHandlerContext earlyBytesContext) {
		this.earlyBytes = earlyBytes;
		this.earlyBytesContext = earlyBytesContext;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof HttpRequest request) {
			this.unanswered++;
			this.upgrade = HeaderTokens.of(request.headers().getAll(HttpHeaderNames.UPGRADE)).contains("websocket");
		}
		if (msg instanceof LastHttpContent && this.upgrade) {
			this.upgrade = false;
			// A refusal that was faster than the body has decided already.
			if (this.unanswered > 0) {
				this.earlyBytes.hold();
			}
		}
		ctx.fireChannelRead(msg);
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof HttpResponse response) {
			this.finalAnswer = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
		}
		if (msg instanceof LastHttpContent && this.finalAnswer) {
			this.finalAnswer = false;
			this.unanswered--;
			if (this.unanswered == 0) {
				// Later: the framework still has to end this exchange.
				ctx.executor().execute(this::release);
			}
		}
		ctx.write(msg, promise);
	}

	/**
	 * Releases unless a next request, perhaps for an upgrade, has come meanwhile.
	 */
	private void release() {
		if (this.unanswered == 0) {
			this.earlyBytes.release(this.earlyBytesContext);
		}
	}

}
