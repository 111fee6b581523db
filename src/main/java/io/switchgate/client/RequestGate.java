package io.switchgate.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.problem.Problems;
import io.switchgate.transport.StallWatch;

/**
 * Lets the requests of an HTTP/1.1 connection through to the decoder: checked byte by
 * byte, in time, and one at a time. What comes behind a request waits here for its
 * answer, because after a switch it is no HTTP at all, and because what no decoder has
 * seen fills no queue.
 *
 * <p>
 * A body is cut where the decoder's own reading of the head puts its end: there is one
 * opinion only about where a request ends.
 */
public final class RequestGate extends ChannelDuplexHandler {

	private final ClientProperties properties;

	private final Problems problems;

	private final HeadScanner scanner;

	private final HeadDeadline deadline = new HeadDeadline(this::expired);

	private final EarlyBytes earlyBytes;

	private boolean readSuppressed;

	private Phase phase = Phase.HEAD;

	private long bodyBytes;

	private boolean answering;

	private boolean answered;

	private @Nullable RequestWatch watch;

	@SuppressWarnings("NullAway.Init")
	private ChannelHandlerContext ctx;

	RequestGate(ClientProperties properties, Problems problems) {
		this.properties = properties;
		this.problems = problems;
		this.scanner = properties.headScanner();
		this.earlyBytes = new EarlyBytes(properties.earlyBytes().toBytes());
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.ctx = ctx;
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		boolean tls = ClientConnections.isTls(ctx.pipeline());
		this.deadline.start(ctx, tls ? this.properties.tlsHandshakeTimeout() : this.properties.headTimeout());
		ctx.fireChannelActive();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
			this.deadline.start(ctx, this.properties.headTimeout());
		}
		ctx.fireUserEventTriggered(event);
	}

	private void expired() {
		if (this.scanner.hasBegun()) {
			refuse(new ProblemException(ProblemCause.HEAD_TIMEOUT, "A request head longer than "
					+ this.properties.headTimeout().toMillis() + " ms under way (expected: at most that long)"));
		}
		else {
			this.ctx.close();
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (this.watch == null && !watchExchanges()) {
			leaveToHttp2();
			ctx.fireChannelRead(msg);
			return;
		}
		pump((ByteBuf) msg);
	}

	private boolean watchExchanges() {
		ChannelHandlerContext codec = this.ctx.pipeline().context(HttpServerCodec.class);
		if (codec == null) {
			return false;
		}
		this.watch = new RequestWatch(this);
		this.ctx.pipeline()
			.addAfter(codec.name(), null, this.watch)
			.addAfter(codec.name(), null,
					ClientStall.watch(this.ctx.channel(), this.properties.stallTime(), this.problems));
		return true;
	}

	private void pump(ByteBuf bytes) {
		while (!this.ctx.isRemoved() && this.phase != Phase.ANSWER && this.phase != Phase.REFUSED) {
			int part = nextPart(bytes);
			if (part == bytes.readableBytes()) {
				this.ctx.fireChannelRead(bytes);
				return;
			}
			this.ctx.fireChannelRead(bytes.readRetainedSlice(part));
		}
		if (this.ctx.isRemoved()) {
			this.ctx.fireChannelRead(bytes);
		}
		else if (this.phase == Phase.REFUSED) {
			bytes.release();
		}
		else {
			this.earlyBytes.hold(bytes);
		}
	}

	/**
	 * Returns how many bytes the decoder may see before this handler looks again.
	 */
	private int nextPart(ByteBuf bytes) {
		int all = bytes.readableBytes();
		if (this.phase == Phase.FIXED_BODY) {
			int part = (int) Math.min(this.bodyBytes, all);
			this.bodyBytes -= part;
			return part;
		}
		// A chunked body ends with a line, perhaps this one.
		int part = (this.phase == Phase.HEAD) ? scan(bytes) : bytes.bytesBefore(HttpConstants.LF) + 1;
		return (part > 0 || this.phase == Phase.REFUSED) ? part : all;
	}

	private int scan(ByteBuf bytes) {
		try {
			return this.scanner.scan(bytes);
		}
		catch (ProblemException ex) {
			if (this.scanner.isHttp2Preface()
					&& this.ctx.pipeline().get(CleartextHttp2ServerUpgradeHandler.class) != null) {
				leaveToHttp2();
			}
			else {
				refuse(ex);
			}
			return 0;
		}
	}

	/**
	 * Called with each request that the decoder has read the head of.
	 */
	void begun(HttpRequest request) {
		this.deadline.stop();
		this.bodyBytes = HttpUtil.getContentLength(request, 0L);
		this.phase = HttpUtil.isTransferEncodingChunked(request) ? Phase.CHUNKED_BODY
				: (this.bodyBytes > 0) ? Phase.FIXED_BODY : Phase.ANSWER;
	}

	/**
	 * Called when a request has come to its end.
	 */
	void complete() {
		this.phase = Phase.ANSWER;
		if (this.answered) {
			next();
		}
	}

	void answering() {
		this.answering = true;
	}

	/**
	 * Called when the last byte of an answer has been written.
	 */
	void answered() {
		this.answered = true;
		if (this.phase == Phase.ANSWER && !this.ctx.isRemoved()) {
			next();
			this.ctx.fireChannelReadComplete();
			resumeReading();
		}
		else if (this.phase != Phase.REFUSED && !this.ctx.isRemoved()) {
			// Nobody waits for the rest of the body any more.
			this.deadline.start(this.ctx, this.properties.bodyTimeout());
		}
	}

	private void next() {
		this.answering = false;
		this.answered = false;
		this.phase = Phase.HEAD;
		this.deadline.start(this.ctx, this.properties.headTimeout());
		this.earlyBytes.drainTo(this::pump);
	}

	/**
	 * Ends the connection because where the next request begins is not known any more.
	 */
	void refuse(ProblemException problem) {
		if (this.phase == Phase.REFUSED) {
			return;
		}
		this.phase = Phase.REFUSED;
		this.deadline.stop();
		this.earlyBytes.drainTo(ReferenceCountUtil::release);
		if (this.answering) {
			this.ctx.close();
		}
		else {
			this.ctx.pipeline().addBefore(this.ctx.name(), null, new Refusal(this.problems.lastAnswer(problem)));
		}
	}

	private void leaveToHttp2() {
		this.ctx.pipeline().remove(this);
		StreamsWatch.begin(this.ctx.channel(), this.properties);
	}

	/**
	 * Stops reading above the limit. The client's leaving then shows only when the
	 * request is answered, which the handshake timeout bounds.
	 */
	@Override
	public void read(ChannelHandlerContext ctx) {
		if (this.earlyBytes.areEnough()) {
			this.readSuppressed = true;
			return;
		}
		ctx.read();
	}

	private void resumeReading() {
		if (this.readSuppressed) {
			this.readSuppressed = false;
			read(this.ctx);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.deadline.stop();
		if (!ctx.channel().isActive()) {
			this.earlyBytes.drainTo(ReferenceCountUtil::release);
			return;
		}
		if (this.watch != null) {
			ctx.pipeline().remove(StallWatch.class);
			ctx.pipeline().remove(this.watch);
		}
		this.earlyBytes.drainTo(ctx::fireChannelRead);
		ctx.fireChannelReadComplete();
		resumeReading();
	}

}
