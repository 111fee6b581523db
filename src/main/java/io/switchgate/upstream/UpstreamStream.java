package io.switchgate.upstream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.websocket.SecWebSocketHeaders;
import io.switchgate.websocket.SecWebSocketKey;

/**
 * Sends an upgrade request as the extended CONNECT that stands for it (RFC 8441, section
 * 4), and turns the 200 into the 101 that answers the upgrade. Other answers go on as
 * they are.
 */
final class UpstreamStream extends ChannelDuplexHandler {

	private static final HttpVersion HTTP_2 = UpstreamHttpVersion.HTTP_2.version();

	private static final String METHOD = Http2Headers.PseudoHeaderName.METHOD.value().toString();

	private static final String PATH = Http2Headers.PseudoHeaderName.PATH.value().toString();

	private final UpstreamListener listener;

	/**
	 * Key of the upgrade, or null for a plain request.
	 */
	private final @Nullable String key;

	private boolean begun;

	private boolean answered;

	private UpstreamStream(UpstreamListener listener, @Nullable String key) {
		this.listener = listener;
		this.key = key;
	}

	/**
	 * Joins a stream before its first frame.
	 * @throws ProblemException if the upstream takes no extended CONNECT
	 */
	static void speak(Connection stream, UpstreamRequest request) {
		boolean upgrade = request.headers().contains(HttpHeaderNames.UPGRADE);
		if (upgrade && !SharedConnection.of(stream.channel().parent()).takesConnects()) {
			throw new ProblemException(ProblemCause.UPSTREAM_ANSWER_INVALID,
					"The upstream did not announce SETTINGS_ENABLE_CONNECT_PROTOCOL (expected: 1, RFC 8441, section 3); "
							+ "UpstreamHttpVersion=1.1 works without");
		}
		String key = upgrade ? request.headers().get(SecWebSocketHeaders.KEY) : null;
		stream.channel().pipeline().addFirst(new UpstreamStream(request.listener(), key));
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof Http2HeadersFrame head && !this.begun) {
			this.begun = true;
			send(ctx, head, promise);
		}
		else if (msg instanceof Http2DataFrame data && this.key != null) {
			// The end of a request without a body.
			data.release();
			promise.trySuccess();
		}
		else {
			ctx.write(msg, promise);
		}
	}

	private void send(ChannelHandlerContext ctx, Http2HeadersFrame head, ChannelPromise promise) {
		Http2Headers headers = head.headers();
		if (this.key != null) {
			headers.method(HttpMethod.CONNECT.asciiName());
			headers.set(Http2Headers.PseudoHeaderName.PROTOCOL.value(), HttpHeaderValues.WEBSOCKET);
			headers.remove(HttpHeaderNames.SEC_WEBSOCKET_KEY);
			ctx.write(new DefaultHttp2HeadersFrame(headers, false), promise);
		}
		else {
			ctx.write(head, promise);
		}
		// The number of the stream is known from here on.
		this.listener.connected(ctx.channel());
		this.listener.sent(headers.method() + " " + headers.path() + " " + HTTP_2, sent(headers));
	}

	/**
	 * Returns all fields that the request line does not have.
	 */
	private static List<Map.Entry<String, String>> sent(Http2Headers headers) {
		List<Map.Entry<String, String>> sent = new ArrayList<>(headers.size());
		headers.forEach((field) -> {
			String name = field.getKey().toString();
			if (!name.equals(METHOD) && !name.equals(PATH)) {
				sent.add(Map.entry(name, field.getValue().toString()));
			}
		});
		return sent;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (this.answered || !(msg instanceof Http2HeadersFrame head)) {
			ctx.fireChannelRead(msg);
			return;
		}
		HttpResponseStatus status = status(head.headers());
		if (status.code() < 100 || status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
			fail(ctx, new DecoderException("Status " + head.headers().status() + " over HTTP/2 (expected: 200)"));
		}
		else if (status.codeClass() == HttpStatusClass.INFORMATIONAL) {
			// RFC 9110, section 15.2: the final answer follows. Reactor Netty 1.3.8 would
			// take this one for it; no issue is known.
			ctx.read();
		}
		else {
			this.answered = true;
			this.listener.received(new DefaultHttpResponse(HTTP_2, status, fields(head.headers())));
			answer(ctx, head, status);
		}
	}

	private void answer(ChannelHandlerContext ctx, Http2HeadersFrame head, HttpResponseStatus status) {
		if (this.key == null) {
			ctx.fireChannelRead(head);
		}
		else if (status.equals(HttpResponseStatus.OK)) {
			switchOver(ctx, head, new SecWebSocketKey(this.key));
		}
		else {
			// Nothing follows the request then.
			ctx.writeAndFlush(new DefaultHttp2DataFrame(true));
			ctx.fireChannelRead(head);
		}
	}

	/**
	 * Answers the upgrade, inside which a tunnel takes the stream over.
	 */
	private void switchOver(ChannelHandlerContext ctx, Http2HeadersFrame head, SecWebSocketKey key) {
		HttpHeaders fields = fields(head.headers());
		fields.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
		fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
		fields.set(SecWebSocketHeaders.ACCEPT, key.accept());
		ctx.fireChannelRead(
				new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, fields));
		if (head.isEndStream()) {
			ctx.fireChannelRead(new DefaultHttp2DataFrame(true));
		}
		ctx.pipeline().remove(this);
	}

	/**
	 * Returns a status, or one that there is not.
	 */
	private static HttpResponseStatus status(Http2Headers headers) {
		CharSequence status = headers.status();
		boolean number = status != null && status.length() == 3 && status.chars().allMatch(Character::isDigit);
		return HttpResponseStatus.valueOf(number ? Integer.parseInt(status.toString()) : 0);
	}

	private static HttpHeaders fields(Http2Headers headers) {
		HttpHeaders fields = new DefaultHttpHeaders();
		headers.forEach((field) -> {
			if (!Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(field.getKey())) {
				fields.add(field.getKey(), field.getValue());
			}
		});
		return fields;
	}

	/**
	 * Says why there will be no answer, before the end of the stream says that there is
	 * none.
	 */
	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (!this.answered && event instanceof Http2ResetFrame frame) {
			String reason = "Stream reset by the upstream, code " + frame.errorCode();
			boolean refused = frame.errorCode() == Http2Error.REFUSED_STREAM.code();
			fail(ctx, refused ? new UnprocessedException(reason) : new IOException(reason));
		}
		else if (!this.answered && event instanceof Http2GoAwayFrame frame) {
			fail(ctx, new UnprocessedException("GOAWAY of the upstream, code " + frame.errorCode()));
		}
		ctx.fireUserEventTriggered(event);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		boolean tooLarge = cause instanceof Http2Exception.HeaderListSizeException;
		ctx.fireExceptionCaught((cause instanceof Http2Exception && !tooLarge)
				? new DecoderException(cause.getMessage(), cause) : cause);
	}

	private void fail(ChannelHandlerContext ctx, Exception cause) {
		this.answered = true;
		ctx.fireExceptionCaught(cause);
		ctx.close();
	}

	/**
	 * The upstream has done nothing for the request, which may be sent again (RFC 9113,
	 * section 8.7).
	 */
	static final class UnprocessedException extends IOException {

		private static final long serialVersionUID = 1;

		UnprocessedException(String message) {
			super(message);
		}

	}

}
