package io.switchgate.tunnel;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Ends a tunnel that is idle, too old or stalled, or that has a dead end, and pings
 * silent ends. One timer serves all of this.
 */
final class TimeWatch {

	private static final long NEVER = Long.MAX_VALUE;

	/**
	 * How many times per limit a stall is checked. The time restarts when a byte is
	 * taken.
	 */
	private static final int LOOKS_AT_STALL = 4;

	/**
	 * Time to the next attempt if a frame in progress prevents a ping.
	 */
	private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final double PERCENT = 100;

	private final Tunnel tunnel;

	private final TunnelLimits limits;

	private final long lifetimeNanos;

	private @Nullable Future<?> timer;

	private long dueNanos;

	TimeWatch(Tunnel tunnel, TunnelLimits limits) {
		this.tunnel = tunnel;
		this.limits = limits;
		double lost = ThreadLocalRandom.current().nextDouble() * limits.lifetimeJitter() / PERCENT;
		this.lifetimeNanos = (long) (limits.lifetime().toNanos() * (1 - lost));
	}

	void start() {
		look();
	}

	void stop() {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
	}

	/**
	 * Called when an end cannot take more bytes.
	 */
	void stalled(TunnelEnd end) {
		if (!this.limits.stallTime().isZero()) {
			end.stall().look(System.nanoTime(), end);
			lookIn(this.limits.stallTime().toNanos() / LOOKS_AT_STALL);
		}
	}

	private void lookIn(long nanos) {
		long due = System.nanoTime() + nanos;
		if (this.timer != null) {
			if (this.dueNanos - due <= 0) {
				return;
			}
			this.timer.cancel(false);
		}
		this.dueNanos = due;
		this.timer = this.tunnel.eventLoop().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
	}

	private void look() {
		this.timer = null;
		long now = System.nanoTime();
		long left = lifetimeLeft();
		if (this.tunnel.cause() == null) {
			left = Math.min(left, idleLeft(now));
			left = Math.min(left, endLeft(this.tunnel.client(), now));
			left = Math.min(left, endLeft(this.tunnel.upstream(), now));
		}
		if (left != NEVER && !this.tunnel.ending().isClosing()) {
			lookIn(left);
		}
	}

	private long lifetimeLeft() {
		if (this.lifetimeNanos == 0) {
			return NEVER;
		}
		long left = this.lifetimeNanos - this.tunnel.age().toNanos();
		if (left > 0) {
			return left;
		}
		this.tunnel.ending().expire(order(CloseCause.GATEWAY_LIFETIME, "Open for long enough"));
		return NEVER;
	}

	private long idleLeft(long now) {
		if (this.limits.idleTime().isZero()) {
			return NEVER;
		}
		if (this.tunnel.ending().isMoving(now)) {
			this.tunnel.activity().renew();
		}
		long left = this.limits.idleTime().toNanos() - this.tunnel.activity().idle(now);
		if (left > 0) {
			return left;
		}
		this.tunnel.close(order(CloseCause.GATEWAY_IDLE, "Idle for too long"));
		return NEVER;
	}

	private static CloseOrder order(CloseCause cause, String reason) {
		return new CloseOrder(cause, CloseOrder.GOING_AWAY, reason, Duration.ZERO);
	}

	private long endLeft(TunnelEnd end, long now) {
		return Math.min(stallLeft(end, now), pulseLeft(end, now));
	}

	private long stallLeft(TunnelEnd end, long now) {
		if (this.limits.stallTime().isZero() || !end.stall().look(now, end)) {
			return NEVER;
		}
		if (end.stall().age(now) >= this.limits.stallTime().toNanos()) {
			this.tunnel.ending().breached(Breach.stall(end.direction()));
			return NEVER;
		}
		return this.limits.stallTime().toNanos() / LOOKS_AT_STALL;
	}

	private long pulseLeft(TunnelEnd end, long now) {
		long pingAfter = this.limits.pingAfter().toNanos();
		if (pingAfter == 0 || this.limits.mode() == FrameMode.TRANSPARENT) {
			return NEVER;
		}
		if (!end.intake().isReading() || end.outlet().pendingBytes() > 0) {
			// The end is not read, or has not received the ping, so its silence says
			// nothing.
			end.pulse().heard(now);
			return pingAfter;
		}
		long waiting = end.pulse().waiting(now);
		if (waiting < 0) {
			long left = pingAfter - end.pulse().silence(now);
			return (left > 0) ? left : ping(end, now);
		}
		long left = this.limits.pongTimeout().toNanos() - waiting;
		if (left > 0) {
			// If an answer has arrived by then, the silence starts again.
			return Math.min(left, pingAfter);
		}
		this.tunnel.ending().breached(Breach.pong(end.direction()));
		return NEVER;
	}

	private long ping(TunnelEnd end, long now) {
		long pingAfter = this.limits.pingAfter().toNanos();
		if (!end.peer().relay().isBetweenFrames()) {
			return Math.min(RETRY_NANOS, pingAfter);
		}
		end.sendPing(now);
		return Math.min(this.limits.pongTimeout().toNanos(), pingAfter);
	}

}
