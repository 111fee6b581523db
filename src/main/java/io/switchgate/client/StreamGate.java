package io.switchgate.client;

import java.util.Locale;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.problem.Problems;
import io.switchgate.transport.ClientGate;
import io.switchgate.transport.StallWatch;
import io.switchgate.websocket.SecWebSocketHeaders;
import io.switchgate.websocket.SecWebSocketKey;

/**
 * Lets the request of an HTTP/2 stream through, checked as one of HTTP/1.1 is. An
 * extended CONNECT for WebSockets (RFC 8441, section 4) goes on as the upgrade that it
 * stands for, with a key of the gateway's own, and the 101 comes back as 200. What the
 * client sends behind it waits here, with the stream's flow control, for the answer.
 */
final class StreamGate extends ChannelDuplexHandler implements ClientGate {

	private static final CharSequence PROTOCOL = Http2Headers.PseudoHeaderName.PROTOCOL.value();

	/**
	 * What HTTP/2 has no place for (RFC 9113, section 8.2.2).
	 */
	private static final Set<String> OF_CONNECTIONS = Set.of("connection", "upgrade", "keep-alive",
			"transfer-encoding");

	private final ClientProperties properties;

	private final Problems problems;

	private final long limit;

	private @Nullable ByteBuf early;

	private @Nullable Http2HeadersFrame earlyTrailers;

	private long earlyBytes;

	private boolean begun;

	private boolean connect;

	private boolean answered;

	private boolean ended;

	private boolean readSuppressed;

	StreamGate(ClientProperties properties, Problems problems) {
		this.properties = properties;
		this.problems = problems;
		this.limit = properties.earlyBytes().toBytes();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof Http2HeadersFrame head && !this.begun) {
			this.begun = true;
			this.ended = head.isEndStream();
			begin(ctx, head);
			return;
		}
		this.ended |= msg instanceof Http2DataFrame data && data.isEndStream();
		if (this.answered) {
			ReferenceCountUtil.release(msg);
		}
		else if (this.connect && msg instanceof Http2DataFrame data) {
			hold(ctx, data);
		}
		else if (this.connect && msg instanceof Http2HeadersFrame trailers) {
			this.earlyTrailers = trailers;
		}
		else {
			ctx.fireChannelRead(msg);
		}
	}

	/**
	 * Copies, because a client may send a frame for each byte.
	 */
	private void hold(ChannelHandlerContext ctx, Http2DataFrame data) {
		this.earlyBytes += data.initialFlowControlledBytes();
		ByteBuf content = data.content();
		if (this.early == null) {
			this.early = ctx.alloc().buffer(content.readableBytes());
		}
		this.early.writeBytes(content);
		data.release();
	}

	private void begin(ChannelHandlerContext ctx, Http2HeadersFrame head) {
		Http2Headers headers = head.headers();
		CharSequence protocol = headers.get(PROTOCOL);
		boolean method = HttpMethod.CONNECT.asciiName().contentEquals(headers.method());
		if (protocol != null
				&& (!method || headers.path() == null || headers.scheme() == null || headers.authority() == null)) {
			// RFC 8441, section 4: malformed otherwise.
			ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR));
			return;
		}
		try {
			if (protocol != null) {
				checkProtocol(protocol);
				connect(ctx, head);
			}
			else {
				HttpRequest request = request(head);
				check(request);
				headers.path(request.uri());
				ctx.fireChannelRead(head);
			}
		}
		catch (ProblemException ex) {
			refuse(ctx, ex);
		}
	}

	private static void checkProtocol(CharSequence protocol) {
		if (!HttpHeaderValues.WEBSOCKET.contentEquals(protocol)) {
			throw new ProblemException(ProblemCause.PROTOCOL_UNSUPPORTED,
					":protocol: " + protocol + " (expected: websocket)");
		}
	}

	private void connect(ChannelHandlerContext ctx, Http2HeadersFrame head) {
		Http2Headers headers = head.headers();
		headers.method(HttpMethod.GET.asciiName());
		headers.remove(PROTOCOL);
		HttpRequest request = request(head);
		check(request);
		if (head.isEndStream()) {
			throw new ProblemException(ProblemCause.BODY_PRESENT, "END_STREAM (expected: an open stream)");
		}
		HttpHeaders fields = request.headers();
		for (HttpConversionUtil.ExtensionHeaderNames invented : HttpConversionUtil.ExtensionHeaderNames.values()) {
			fields.remove(invented.text());
		}
		fields.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
		fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
		fields.set(SecWebSocketHeaders.KEY, SecWebSocketKey.random().value());
		this.connect = true;
		ctx.fireChannelRead(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, request.uri(),
				Unpooled.EMPTY_BUFFER, fields, EmptyHttpHeaders.INSTANCE));
	}

	/**
	 * Says nothing of the values, which may be secret.
	 */
	private static HttpRequest request(Http2HeadersFrame head) {
		try {
			return HttpConversionUtil.toHttpRequest(head.stream().id(), head.headers(), true);
		}
		catch (Http2Exception | IllegalArgumentException ex) {
			throw new ProblemException(ProblemCause.REQUEST_MALFORMED,
					"Fields that make no request (expected: as in RFC 9113, section 8.3.1)");
		}
	}

	private void check(HttpRequest request) {
		HttpHeaders fields = request.headers();
		if (fields.size() > this.properties.headFields()) {
			throw HeadScanner.tooManyFields(this.properties.headFields());
		}
		if (!this.properties.underscores() && fields.names().stream().anyMatch((name) -> name.indexOf('_') != -1)) {
			throw HeadScanner.underscore();
		}
		RequestCheck.check(request);
	}

	private void refuse(ChannelHandlerContext ctx, ProblemException problem) {
		byte[] body = this.problems.body(problem, null, false);
		Http2Headers head = new DefaultHttp2Headers().status(String.valueOf(problem.reason().status().value()));
		problem.getHeaders().forEach((name, values) -> {
			String lowerCase = name.toLowerCase(Locale.ROOT);
			if (!OF_CONNECTIONS.contains(lowerCase)) {
				head.add(lowerCase, values);
			}
		});
		head.set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		head.setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
		ctx.write(new DefaultHttp2HeadersFrame(head));
		write(ctx, new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body), true), ctx.newPromise());
		ctx.flush();
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		boolean last = false;
		if (msg instanceof Http2HeadersFrame head) {
			last = head.isEndStream();
			if (this.connect && "101".contentEquals(head.headers().status())) {
				// RFC 8441, section 5: the key proves nothing here.
				head.headers().status("200").remove("sec-websocket-accept");
			}
		}
		else if (msg instanceof Http2DataFrame data) {
			last = data.isEndStream();
		}
		ctx.write(msg, last ? promise.unvoid().addListener((written) -> answerWritten(ctx)) : promise);
	}

	/**
	 * Nobody waits for what the client may still send (RFC 9113, section 8.1).
	 */
	private void answerWritten(ChannelHandlerContext ctx) {
		this.answered = true;
		releaseEarly();
		if (!this.ended && ctx.channel().isActive()) {
			ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
		}
	}

	/**
	 * Stops reading above the limit: the client's window is not renewed then.
	 */
	@Override
	public void read(ChannelHandlerContext ctx) {
		if (this.earlyBytes >= this.limit) {
			this.readSuppressed = true;
			return;
		}
		readOn(ctx);
	}

	/**
	 * Flushes as well: a WINDOW_UPDATE may wait for it.
	 */
	private static void readOn(ChannelHandlerContext ctx) {
		ctx.read();
		ctx.flush();
	}

	/**
	 * Keeps to itself what Netty has answered with a reset of the stream: its end says
	 * all, and a log would grow with each frame of a client that breaks rules. No issue
	 * is known; seen with Reactor Netty 1.3.8.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (!(cause instanceof Http2Exception)) {
			ctx.fireExceptionCaught(cause);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		if (!ctx.channel().isActive()) {
			releaseEarly();
			return;
		}
		if (ctx.pipeline().get(StallWatch.class) != null) {
			ctx.pipeline().remove(StallWatch.class);
		}
		if (this.early != null) {
			ctx.fireChannelRead(new DefaultHttp2DataFrame(this.early, this.ended));
			this.early = null;
		}
		if (this.earlyTrailers != null) {
			ctx.fireChannelRead(this.earlyTrailers);
		}
		ctx.fireChannelReadComplete();
		if (this.readSuppressed) {
			readOn(ctx);
		}
	}

	private void releaseEarly() {
		if (this.early != null) {
			this.early.release();
			this.early = null;
		}
		this.earlyBytes = 0;
	}

}
