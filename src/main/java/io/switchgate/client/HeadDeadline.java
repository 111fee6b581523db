package io.switchgate.client;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Time that a client has for its next step. No byte of it prolongs the time: who trickles
 * gets no more of it than who says nothing.
 */
final class HeadDeadline {

	private final Runnable expired;

	private @Nullable Future<?> timer;

	HeadDeadline(Runnable expired) {
		this.expired = expired;
	}

	void start(ChannelHandlerContext ctx, Duration time) {
		stop();
		this.timer = ctx.executor().schedule(this.expired, time.toNanos(), TimeUnit.NANOSECONDS);
	}

	void stop() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

}
