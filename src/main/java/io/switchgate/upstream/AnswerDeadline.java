package io.switchgate.upstream;

import java.io.IOException;
import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import org.springframework.cloud.gateway.support.TimeoutException;
import reactor.netty.NettyPipeline;

import io.switchgate.transport.StallWatch;
import io.switchgate.transport.Timer;

/**
 * Fails a plain request whose upstream does not read it, or does not answer in time after
 * it has read it. The body of an answer has no time limit here.
 */
final class AnswerDeadline extends ChannelDuplexHandler {

	private RequestTimeouts timeouts;

	private boolean answered;

	@SuppressWarnings("NullAway.Init")
	private ChannelHandlerContext ctx;

	private final Timer timer = new Timer();

	private AnswerDeadline(RequestTimeouts timeouts) {
		this.timeouts = timeouts;
	}

	/**
	 * Starts with a request. An HTTP/1.1 connection carries several, one after the other.
	 */
	static void begin(Channel channel, RequestTimeouts timeouts) {
		ChannelPipeline pipeline = channel.pipeline();
		AnswerDeadline known = pipeline.get(AnswerDeadline.class);
		if (known != null) {
			known.timeouts = timeouts;
			known.answered = false;
			return;
		}
		ChannelHandlerContext codec = pipeline.context(HttpClientCodec.class);
		String name = (codec != null) ? codec.name() : NettyPipeline.H2ToHttp11Codec;
		AnswerDeadline deadline = new AnswerDeadline(timeouts);
		pipeline.addAfter(name, null, deadline)
			.addAfter(name, null, new StallWatch(deadline::stallTime, deadline::stalled));
	}

	private Duration stallTime() {
		return (this.timeouts.stall() != null) ? this.timeouts.stall() : Duration.ZERO;
	}

	private void stalled() {
		if (!this.answered) {
			this.ctx.fireExceptionCaught(
					new StalledException("Nothing of the request taken for " + stallTime().toMillis() + " ms"));
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.ctx = ctx;
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof LastHttpContent) {
			ctx.write(msg, promise.unvoid().addListener((written) -> await()));
		}
		else {
			ctx.write(msg, promise);
		}
	}

	private void await() {
		Duration time = this.timeouts.answer();
		if (time != null && !time.isZero() && !this.answered && this.ctx.channel().isActive()) {
			this.timer.start(this.ctx.executor(), time, () -> expired(time));
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof HttpResponse response && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			this.answered = true;
			this.timer.stop();
		}
		ctx.fireChannelRead(msg);
	}

	private void expired(Duration time) {
		this.ctx.fireExceptionCaught(new TimeoutException("No answer in " + time.toMillis() + " ms"));
		this.ctx.close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.timer.stop();
		ctx.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.timer.stop();
	}

	/**
	 * The upstream does not read a request.
	 */
	static final class StalledException extends IOException {

		private static final long serialVersionUID = 1;

		StalledException(String message) {
			super(message);
		}

	}

}
