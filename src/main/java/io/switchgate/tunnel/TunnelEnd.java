package io.switchgate.tunnel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a tunnel: hands what it reads to its peer and stops reading while the peer
 * cannot write.
 *
 * <p>
 * Nothing passes it towards the tail of the pipeline but the end of the channel: the
 * framework's handlers there would close the channel at a TLS close_notify. HTTP objects
 * that the framework writes when it ends the exchange stop here on their way out.
 */
final class TunnelEnd extends ChannelDuplexHandler {

	private static final Logger logger = LoggerFactory.getLogger(TunnelEnd.class);

	private final Direction direction;

	private @Nullable ChannelHandlerContext ctx;

	private @Nullable Tunnel tunnel;

	private @Nullable TunnelEnd peer;

	private @Nullable Queue<ByteBuf> early;

	private @Nullable Future<?> deadline;

	private final FrameWatch watch = new FrameWatch();

	private long batch;

	private boolean failed;

	private boolean inputEnded;

	private boolean outputEnded;

	TunnelEnd(Direction direction) {
		this.direction = direction;
	}

	void couple(Tunnel tunnel, TunnelEnd peer) {
		this.tunnel = tunnel;
		this.peer = peer;
	}

	/**
	 * Starts to relay: first what arrived since this end joined its pipeline.
	 */
	void start(Tunnel tunnel, TunnelEnd peer) {
		if (this.early != null) {
			this.early.forEach(this::watch);
			this.early = null;
			endBatch(tunnel, peer);
		}
		if (this.inputEnded) {
			this.watch.end(this::relay);
			tunnel.inputEnded(this);
		}
		if (!isOpen()) {
			tunnel.gone(this);
		}
		channel().config().setAutoRead(peer.channel().isWritable());
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.ctx = ctx;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (!(msg instanceof ByteBuf bytes)) {
			ReferenceCountUtil.release(msg);
			return;
		}
		if (this.peer != null) {
			watch(bytes);
			return;
		}
		if (this.early == null) {
			this.early = new ArrayDeque<>(2);
		}
		this.early.add(bytes);
	}

	private void watch(ByteBuf bytes) {
		this.batch += bytes.readableBytes();
		this.watch.read(bytes, this::relay);
	}

	/**
	 * Stops reading at once when the peer has enough: TLS reports that only after the
	 * read loop, which may be a megabyte later.
	 */
	private void relay(ByteBuf bytes) {
		ChannelHandlerContext out = peer().context();
		out.write(bytes, out.voidPromise());
		if (!out.channel().isWritable()) {
			channel().config().setAutoRead(false);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		if (this.tunnel != null && this.peer != null) {
			endBatch(this.tunnel, this.peer);
		}
	}

	private void endBatch(Tunnel tunnel, TunnelEnd peer) {
		if (this.batch > 0) {
			peer.context().flush();
			tunnel.relayed(this, this.batch);
			this.watch.counts().reset();
			this.batch = 0;
		}
	}

	/**
	 * Resumes later: while TLS turns plain bytes into records they leave one queue before
	 * they enter the next, and the channel looks writable for a moment.
	 */
	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		if (this.peer == null) {
			return;
		}
		ChannelConfig reading = this.peer.channel().config();
		if (!ctx.channel().isWritable()) {
			reading.setAutoRead(false);
		}
		else if (!reading.isAutoRead()) {
			ctx.executor().execute(() -> reading.setAutoRead(ctx.channel().isWritable()));
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		boolean fin = event == ChannelInputShutdownEvent.INSTANCE;
		boolean closeNotify = event instanceof SslCloseCompletionEvent close && close.isSuccess();
		if ((fin || closeNotify) && !this.inputEnded) {
			this.inputEnded = true;
			if (this.tunnel != null) {
				this.watch.end(this::relay);
				this.tunnel.inputEnded(this);
			}
		}
		ReferenceCountUtil.release(event);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		logger.debug("{} failed", ctx.channel(), cause);
		this.failed = true;
		ctx.close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		if (this.deadline != null) {
			this.deadline.cancel(false);
		}
		if (this.tunnel != null) {
			this.tunnel.gone(this);
		}
		ctx.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		if (this.early != null) {
			this.early.forEach(ByteBuf::release);
			this.early = null;
		}
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		ReferenceCountUtil.release(msg);
		promise.trySuccess();
	}

	/**
	 * Sends a FIN after everything that is on its way.
	 */
	void endOutput() {
		context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> {
			SslHandler tls = channel().pipeline().get(SslHandler.class);
			if (tls != null) {
				tls.closeOutbound().addListener((notified) -> shutdownOutput());
			}
			else {
				shutdownOutput();
			}
		});
	}

	private void shutdownOutput() {
		((DuplexChannel) channel()).shutdownOutput().addListener((shutdown) -> {
			this.outputEnded = true;
			if (this.tunnel != null) {
				this.tunnel.outputEnded();
			}
		});
	}

	void closeAfterPending() {
		context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
	}

	void close() {
		context().close();
	}

	/**
	 * Replaces the deadline of this end, which goes away with the channel.
	 */
	void schedule(Runnable action, Duration delay) {
		if (this.deadline != null) {
			this.deadline.cancel(false);
		}
		this.deadline = channel().eventLoop().schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	TunnelEnd peer() {
		return Objects.requireNonNull(this.peer, "not coupled");
	}

	boolean isOpen() {
		return channel().isActive();
	}

	/**
	 * Returns the way of what this end sends.
	 */
	Direction direction() {
		return this.direction;
	}

	FrameWatch frames() {
		return this.watch;
	}

	boolean hasFailed() {
		return this.failed;
	}

	boolean isOutputEnded() {
		return this.outputEnded;
	}

	Channel channel() {
		return context().channel();
	}

	private ChannelHandlerContext context() {
		return Objects.requireNonNull(this.ctx, "not in a pipeline");
	}

}
