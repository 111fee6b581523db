package io.switchgate.tunnel;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.switchgate.transport.AutoReadHandler;
import io.switchgate.websocket.ControlFrame;

/**
 * One end of a tunnel: passes what it reads to its peer, and stops reading while the peer
 * cannot write.
 *
 * <p>
 * Only the end of the channel passes this handler towards the tail of the pipeline,
 * because the framework's handlers there would close the channel at a TLS close_notify.
 * HTTP objects that the framework writes at the end of the exchange are dropped here.
 */
final class TunnelEnd extends ChannelDuplexHandler implements AutoReadHandler {

	private static final Logger logger = LoggerFactory.getLogger(TunnelEnd.class);

	private final Direction direction;

	private @Nullable Outlet outlet;

	private final Stall stall = new Stall();

	private @Nullable Deadline deadline;

	private @Nullable Pulse pulse;

	private @Nullable Tunnel tunnel;

	private @Nullable Relay relay;

	private @Nullable Intake intake;

	private @Nullable TunnelEnd peer;

	private @Nullable Queue<ByteBuf> early;

	private CloseState closeState = CloseState.OPEN;

	private boolean failed;

	private boolean inputEnded;

	private TunnelEnd(Direction direction) {
		this.direction = direction;
	}

	/**
	 * Creates the client's end, whose bytes go to the upstream.
	 */
	static TunnelEnd ofClient() {
		return new TunnelEnd(Direction.TO_UPSTREAM);
	}

	/**
	 * Creates the upstream's end, whose bytes go to the client.
	 */
	static TunnelEnd ofUpstream() {
		return new TunnelEnd(Direction.TO_CLIENT);
	}

	void couple(Tunnel tunnel, TunnelEnd peer, int pulseKey) {
		this.tunnel = tunnel;
		this.peer = peer;
		this.pulse = new Pulse(pulseKey);
		this.intake = new Intake(tunnel, this);
		this.relay = new Relay(tunnel, this, peer);
	}

	/**
	 * Starts to relay, first the bytes that arrived after this end was added to its
	 * pipeline.
	 */
	void start(Tunnel tunnel) {
		if (this.early != null) {
			this.early.forEach(relay()::read);
			this.early = null;
			relay().readComplete(System.nanoTime());
		}
		if (this.inputEnded) {
			relay().end();
			tunnel.ending().inputEnded(this);
		}
		if (!isOpen()) {
			tunnel.ending().gone(this);
		}
		intake().update();
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.outlet = new Outlet(ctx);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (!(msg instanceof ByteBuf bytes)) {
			ReferenceCountUtil.release(msg);
			return;
		}
		if (this.relay != null) {
			this.relay.read(bytes);
			return;
		}
		if (this.early == null) {
			this.early = new ArrayDeque<>(2);
		}
		this.early.add(bytes);
	}

	/**
	 * Queues bytes of the peer for the next flush, and stops reading the peer at once if
	 * enough wait. TLS would report that only after the read loop, which may be a
	 * megabyte later.
	 */
	void write(ByteBuf bytes) {
		if (!outlet().write(bytes)) {
			peer().intake().update();
		}
	}

	void sendClose(int code, String reason) {
		outlet().send(ControlFrame.close(code, reason), isServer());
	}

	void sendPing(long now) {
		outlet().send(ControlFrame.ping(pulse().ping(now)), isServer());
	}

	/**
	 * Returns whether this end expects masked frames (RFC 6455, section 5.1).
	 */
	private boolean isServer() {
		return this.direction == Direction.TO_CLIENT;
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		if (this.relay != null) {
			long now = System.nanoTime();
			pulse().heard(now);
			this.relay.readComplete(now);
		}
	}

	/**
	 * Resumes in a later task. While TLS turns plain bytes into records, they leave one
	 * queue before they enter the next, and the channel looks writable for a moment.
	 */
	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		if (this.peer == null || this.tunnel == null) {
			return;
		}
		Intake source = this.peer.intake();
		if (!ctx.channel().isWritable()) {
			source.update();
			this.tunnel.stalled(this);
		}
		else if (!source.isReading()) {
			ctx.executor().execute(source::update);
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		boolean fin = event == ChannelInputShutdownEvent.INSTANCE;
		boolean closeNotify = event instanceof SslCloseCompletionEvent close && close.isSuccess();
		if ((fin || closeNotify) && !this.inputEnded) {
			this.inputEnded = true;
			if (this.tunnel != null) {
				relay().end();
				this.tunnel.ending().inputEnded(this);
			}
		}
		ReferenceCountUtil.release(event);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		logger.debug("{} failed", ctx.channel(), cause);
		this.failed = true;
		outlet().close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		if (this.deadline != null) {
			this.deadline.stop();
		}
		if (this.tunnel != null) {
			this.tunnel.ending().gone(this);
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

	void endOutput() {
		outlet().end(() -> {
			if (this.tunnel != null) {
				this.tunnel.ending().outputEnded(this);
			}
		});
	}

	Outlet outlet() {
		return Objects.requireNonNull(this.outlet, "not in a pipeline");
	}

	TunnelEnd peer() {
		return Objects.requireNonNull(this.peer, "not coupled");
	}

	boolean isOpen() {
		return channel().isActive();
	}

	/**
	 * Returns the direction of what this end sends.
	 */
	Direction direction() {
		return this.direction;
	}

	Relay relay() {
		return Objects.requireNonNull(this.relay, "not coupled");
	}

	Intake intake() {
		return Objects.requireNonNull(this.intake, "not coupled");
	}

	Pulse pulse() {
		return Objects.requireNonNull(this.pulse, "not coupled");
	}

	Stall stall() {
		return this.stall;
	}

	Deadline deadline() {
		if (this.deadline == null) {
			this.deadline = new Deadline(Objects.requireNonNull(this.tunnel, "not coupled"), this);
		}
		return this.deadline;
	}

	boolean isInputEnded() {
		return this.inputEnded;
	}

	CloseState closeState() {
		return this.closeState;
	}

	void closeState(CloseState state) {
		this.closeState = state;
	}

	TunnelSnapshot.End snapshot() {
		long bytes = Math.max(0, relay().bytes() - peer().outlet().unsent());
		return new TunnelSnapshot.End(relay().messages(), bytes, outlet().pendingBytes(), pulse().roundTrip());
	}

	boolean hasFailed() {
		return this.failed;
	}

	Channel channel() {
		return outlet().channel();
	}

}
