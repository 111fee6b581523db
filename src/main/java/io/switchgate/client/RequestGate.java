package io.switchgate.client;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

import io.switchgate.problem.ProblemException;
import io.switchgate.problem.Problems;
import io.switchgate.transport.ClientGate;
import io.switchgate.transport.StallWatch;
import io.switchgate.transport.Timer;

/**
 * Lets the requests of an HTTP/1.1 connection through to the decoder: checked byte by
 * byte, within a time limit, and one at a time. Bytes after a request wait here for its
 * answer. After a switch they are no HTTP, and bytes that the decoder has not seen cannot
 * fill its queue.
 *
 * <p>
 * A body ends where the decoder says, from its own reading of the head. So only one
 * component decides where a request ends.
 */
final class RequestGate extends ChannelDuplexHandler implements ClientGate {

	private final ClientProperties properties;

	private final Problems problems;

	private final HeadScanner scanner;

	/**
	 * Received bytes do not extend it: a client that sends one byte at a time gets no
	 * more time than a silent one.
	 */
	private final Timer deadline = new Timer();

	private final EarlyBytes earlyBytes;

	private final RequestBody body = new RequestBody();

	private Phase phase = Phase.HEAD;

	private boolean answering;

	private boolean answered;

	private boolean lastAnswer;

	private boolean ended;

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
		startDeadline(tls ? this.properties.tlsHandshakeTimeout() : this.properties.headTimeout());
		ctx.fireChannelActive();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
			startDeadline(this.properties.headTimeout());
		}
		ctx.fireUserEventTriggered(event);
	}

	private void startDeadline(Duration time) {
		this.deadline.start(this.ctx.executor(), time, this::expired);
	}

	private void expired() {
		if (this.scanner.hasBegun()) {
			refuse(HeadScanner.tooSlow(this.properties.headTimeout()));
		}
		else {
			close(this.ctx, this.ctx.newPromise());
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (this.watch == null && !watchExchanges()) {
			leaveToHttp2();
			ctx.fireChannelRead(msg);
			return;
		}
		ByteBuf early = pump((ByteBuf) msg);
		if (early != null) {
			this.earlyBytes.hold(early, ctx);
		}
	}

	private boolean watchExchanges() {
		ChannelHandlerContext codec = this.ctx.pipeline().context(HttpServerCodec.class);
		if (codec == null) {
			return false;
		}
		this.watch = new RequestWatch(this);
		this.ctx.pipeline()
			.addAfter(codec.name(), null, new SmallContents())
			.addAfter(codec.name(), null, this.watch)
			.addAfter(codec.name(), null,
					ClientStall.watch(this.ctx.channel(), this.properties.stallTime(), this.problems));
		return true;
	}

	/**
	 * Hands bytes to the decoder.
	 * @return those that have to wait, or null
	 */
	private @Nullable ByteBuf pump(ByteBuf bytes) {
		while (!this.ctx.isRemoved() && this.phase.isOpen()) {
			int part = nextPart(bytes);
			boolean last = part == bytes.readableBytes();
			this.ctx.fireChannelRead(last ? bytes : bytes.readRetainedSlice(part));
			if (this.phase == Phase.BODY && this.body.hasEnded()) {
				refuse(RequestBody.endUnclear());
			}
			if (last) {
				return null;
			}
		}
		if (this.phase == Phase.ANSWER && !this.ctx.isRemoved()) {
			return bytes;
		}
		if (this.ctx.isRemoved()) {
			this.ctx.fireChannelRead(bytes);
		}
		else {
			bytes.release();
		}
		return null;
	}

	/**
	 * Returns how many bytes the decoder may see before this handler looks again.
	 */
	private int nextPart(ByteBuf bytes) {
		if (this.phase == Phase.BODY) {
			return this.body.scan(bytes);
		}
		try {
			int part = this.scanner.scan(bytes);
			return (part > 0) ? part : bytes.readableBytes();
		}
		catch (ProblemException ex) {
			if (this.scanner.isHttp2Preface()
					&& this.ctx.pipeline().get(CleartextHttp2ServerUpgradeHandler.class) != null) {
				leaveToHttp2();
				return bytes.readableBytes();
			}
			refuse(ex);
			return 0;
		}
	}

	/**
	 * Called when the decoder has read the head of a request.
	 */
	void begun(HttpRequest request) {
		this.deadline.stop();
		this.body.begin(request);
		this.phase = this.body.hasEnded() ? Phase.ANSWER : Phase.BODY;
	}

	/**
	 * Called when the decoder has seen the end of a request.
	 * @throws ProblemException if this handler sees the end elsewhere
	 */
	void complete() {
		if (this.phase == Phase.BODY && !this.body.hasEnded()) {
			throw RequestBody.endUnclear();
		}
		this.phase = Phase.ANSWER;
		if (this.answered && !this.lastAnswer) {
			next();
		}
	}

	boolean hasRefused() {
		return this.phase == Phase.REFUSED;
	}

	void answering(boolean keepAlive) {
		this.answering = true;
		this.lastAnswer = !keepAlive;
	}

	/**
	 * Called when the last byte of an answer has been written.
	 */
	void answerWritten() {
		this.answered = true;
		if (this.ended || this.ctx.isRemoved()) {
			return;
		}
		if (this.phase == Phase.REFUSED) {
			end(Unpooled.EMPTY_BUFFER);
		}
		else if (this.phase == Phase.ANSWER && !this.lastAnswer) {
			next();
			this.ctx.fireChannelReadComplete();
		}
		else {
			// Nobody needs the rest of the body, or another request, any more.
			startDeadline(this.properties.bodyTimeout());
		}
	}

	private void next() {
		this.answering = false;
		this.answered = false;
		this.phase = Phase.HEAD;
		startDeadline(this.properties.headTimeout());
		this.earlyBytes.drain(this.ctx, this::pump);
	}

	/**
	 * Ends the connection, because it is unknown where the next request begins. An answer
	 * that has begun is finished first.
	 */
	void refuse(ProblemException problem) {
		if (this.phase == Phase.REFUSED) {
			return;
		}
		this.phase = Phase.REFUSED;
		this.deadline.stop();
		this.earlyBytes.release();
		if (!this.answering) {
			end(this.problems.lastAnswer(problem));
		}
		else if (this.answered) {
			end(Unpooled.EMPTY_BUFFER);
		}
	}

	private void end(ByteBuf lastAnswer) {
		this.ended = true;
		this.phase = Phase.REFUSED;
		this.deadline.stop();
		this.earlyBytes.release();
		this.ctx.pipeline().addBefore(this.ctx.name(), null, new Refusal(lastAnswer, this.properties.lingerTime()));
	}

	/**
	 * Lingers after an answer has begun. Before that, and between two answers, the client
	 * has nothing to lose.
	 */
	@Override
	public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
		if (this.answering && !this.ended && ctx.channel().isActive()) {
			end(Unpooled.EMPTY_BUFFER);
		}
		ctx.close(promise);
	}

	private void leaveToHttp2() {
		this.ctx.pipeline().replace(this, null, new AnswerLimit());
		StreamsWatch.begin(this.ctx.channel(), this.properties);
	}

	/**
	 * Stops reading above the limit. Then the gateway notices that the client has left
	 * only when the request is answered; timeouts limit that time.
	 */
	@Override
	public void read(ChannelHandlerContext ctx) {
		this.earlyBytes.read(ctx);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.deadline.stop();
		if (!ctx.channel().isActive()) {
			this.earlyBytes.release();
			return;
		}
		if (this.watch != null) {
			ctx.pipeline().remove(StallWatch.class);
			ctx.pipeline().remove(SmallContents.class);
			ctx.pipeline().remove(this.watch);
		}
		this.earlyBytes.drain(ctx, (held) -> {
			ctx.fireChannelRead(held);
			return null;
		});
		ctx.fireChannelReadComplete();
	}

}
