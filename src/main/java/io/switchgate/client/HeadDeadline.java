package io.switchgate.client;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Time that a client has for its next step. Received bytes do not extend it, so a client
 * that sends one byte at a time gets no more time than a silent one.
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
