package io.switchgate.transport;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Ends the connection of a peer that does not read what waits for it. On a connection,
 * each byte that it takes restarts the time. On an HTTP/2 stream flow control tells less,
 * so the time restarts when a whole piece of a body is taken.
 */
public final class StallWatch extends ChannelDuplexHandler {

	/**
	 * How many times per limit a stall is checked.
	 */
	private static final int LOOKS = 4;

	private static final AttributeKey<Duration> TIME = AttributeKey.valueOf(StallWatch.class, "time");

	private final Supplier<Duration> time;

	private final Runnable stalled;

	private int waiting;

	private long taken;

	private @Nullable Future<?> timer;

	private final Progress bytes = new Progress();

	private final Progress pieces = new Progress();

	/**
	 * Creates a watch for one channel.
	 * @param time time that a peer may take nothing; 0 for no limit
	 * @param stalled called before the stream or the connection is closed; a stream's
	 * connection is closed if it takes nothing either
	 */
	public StallWatch(Supplier<Duration> time, Runnable stalled) {
		this.time = time;
		this.stalled = stalled;
	}

	/**
	 * Sets the time limit for later writes to a channel.
	 * @param channel connection or stream
	 * @param time time of a route, or null for the usual time
	 */
	public static void setTime(Channel channel, @Nullable Duration time) {
		channel.attr(TIME).set(time);
	}

	/**
	 * Returns the time limit of a channel.
	 * @param usual time if none is set
	 * @return time that its peer may take nothing
	 */
	public static Duration time(Channel channel, Duration usual) {
		return Objects.requireNonNullElse(channel.attr(TIME).get(), usual);
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		this.waiting++;
		ctx.write(msg, promise.unvoid().addListener((written) -> {
			this.waiting--;
			this.taken++;
		}));
		if (this.timer == null && this.waiting > 0) {
			look(ctx);
		}
	}

	private void look(ChannelHandlerContext ctx) {
		this.timer = null;
		long limit = this.time.get().toNanos();
		if (this.waiting == 0 || limit <= 0) {
			return;
		}
		long now = System.nanoTime();
		boolean stream = ctx.channel() instanceof Http2StreamChannel;
		Channel connection = stream ? ctx.channel().parent() : ctx.channel();
		boolean dead = this.bytes.look(now, connection) >= limit;
		boolean nothing = this.pieces.look(now, this.taken) >= limit;
		if (nothing && (stream || dead)) {
			this.stalled.run();
			// Bypass the handlers, because TLS would wait for room for its last record.
			(dead ? connection : ctx.channel()).pipeline().firstContext().close();
			return;
		}
		this.timer = ctx.executor().schedule(() -> look(ctx), Math.max(1, limit / LOOKS), TimeUnit.NANOSECONDS);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		cancel();
		ctx.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		cancel();
	}

	private void cancel() {
		this.waiting = 0;
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

	/**
	 * Remembers how much a peer has taken, and since when.
	 */
	private static final class Progress {

		private int current;

		private long taken = -1;

		private long sinceNanos;

		/**
		 * Returns for how long a connection has taken none of its waiting bytes.
		 */
		long look(long now, Channel connection) {
			ChannelOutboundBuffer buffer = connection.unsafe().outboundBuffer();
			Object first = (buffer != null) ? buffer.current() : null;
			if (buffer == null || first == null) {
				this.sinceNanos = now;
				return 0;
			}
			int identity = System.identityHashCode(first);
			if (identity != this.current) {
				this.current = identity;
				this.taken = -1;
			}
			return look(now, buffer.currentProgress());
		}

		/**
		 * Returns for how long a count has not changed.
		 */
		long look(long now, long takenNow) {
			if (takenNow != this.taken) {
				this.taken = takenNow;
				this.sinceNanos = now;
			}
			return now - this.sinceNanos;
		}

	}

}
