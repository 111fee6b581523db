package io.switchgate.client;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Tells {@link RequestGate}, from behind the codec, where a request begins and ends and
 * when it is answered. It stops a request that breaks a rule.
 */
final class RequestWatch extends ChannelDuplexHandler {

	private static final String CONNECTION = "Connection";

	private final RequestGate gate;

	private boolean finalAnswer;

	private boolean http10;

	RequestWatch(RequestGate gate) {
		this.gate = gate;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (!(msg instanceof HttpObject object)) {
			ctx.fireChannelRead(msg);
			return;
		}
		if (this.gate.hasRefused()) {
			ReferenceCountUtil.release(msg);
			return;
		}
		if (object.decoderResult().cause() instanceof PrematureChannelClosureException) {
			// The client has left inside a request: there is nobody to answer.
			ReferenceCountUtil.release(msg);
			return;
		}
		try {
			checkDecoding(object);
			if (object instanceof HttpRequest request) {
				RequestCheck.check(request);
				begin(request);
				this.gate.begun(request);
			}
			if (object instanceof LastHttpContent) {
				this.gate.complete();
			}
		}
		catch (ProblemException ex) {
			ReferenceCountUtil.release(msg);
			this.gate.refuse(ex);
			return;
		}
		ctx.fireChannelRead(msg);
	}

	/**
	 * Closes an HTTP/1.0 connection after its answer, because HTTP/1.0 has no chunks to
	 * mark the end (RFC 9112, section 6.1).
	 */
	private void begin(HttpRequest request) {
		this.http10 = HttpVersion.HTTP_1_0.equals(request.protocolVersion());
		if (this.http10 && !request.headers().contains(HttpHeaderNames.UPGRADE)) {
			request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
	}

	private static void checkDecoding(HttpObject object) {
		DecoderResult result = object.decoderResult();
		if (result.isFailure()) {
			boolean head = object instanceof HttpRequest;
			throw new ProblemException(head ? ProblemCause.LENGTH_AMBIGUOUS : ProblemCause.REQUEST_MALFORMED,
					result.cause().getMessage() + " (expected: as in RFC 9112)");
		}
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof HttpResponse response) {
			this.finalAnswer = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
			if (this.finalAnswer) {
				this.gate.answering(HttpUtil.isKeepAlive(response));
			}
			adjust(response);
		}
		if (msg instanceof LastHttpContent && this.finalAnswer) {
			this.finalAnswer = false;
			// Deferred, because the framework still has to end this exchange.
			ctx.executor().execute(this.gate::answerWritten);
		}
		ctx.write(msg, promise);
	}

	/**
	 * Restores what the framework has replaced: {@code Connection} must name
	 * {@code Upgrade} if that is sent (RFC 9110, section 7.8).
	 */
	private void adjust(HttpResponse response) {
		HttpHeaders headers = response.headers();
		if (this.http10) {
			headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
		}
		if (response.status().equals(HttpResponseStatus.UPGRADE_REQUIRED)
				&& headers.contains(HttpHeaderNames.UPGRADE)) {
			boolean close = headers.containsValue(CONNECTION, HttpHeaderValues.CLOSE, true);
			if (close || !headers.contains(CONNECTION)) {
				headers.set(CONNECTION, close ? "Upgrade, close" : "Upgrade");
			}
		}
	}

}
