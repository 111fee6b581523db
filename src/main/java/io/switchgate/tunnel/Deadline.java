package io.switchgate.tunnel;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The one thing that the gateway waits for at an end of a tunnel that ends. The waits
 * follow one another, and each takes the place of the one before: the grace for a message
 * that is on its way to the end, then the rest of a frame, then the answer of the end.
 *
 * <p>
 * Time passes only while nothing moves: neither what waits for the end nor what is in
 * front of that which is expected. What the gateway waits for may never come to an end,
 * as a frame of any length, so such a wait is bounded as a whole as well.
 */
final class Deadline {

	private final Tunnel tunnel;

	private final TunnelEnd end;

	private boolean forAnswer;

	private long quietNanos;

	private long beganNanos;

	private long movedNanos;

	private Runnable missed = () -> {
	};

	private @Nullable Future<?> timer;

	Deadline(Tunnel tunnel, TunnelEnd end) {
		this.tunnel = tunnel;
		this.end = end;
	}

	/**
	 * Waits for a while, whatever moves.
	 */
	void awaitGrace(Duration grace, Runnable action) {
		schedule(action, grace.toNanos());
	}

	/**
	 * Waits for the end of a frame that is on its way to this end.
	 */
	void awaitFrame(Duration quiet, Runnable action) {
		this.forAnswer = false;
		start(quiet, action);
	}

	/**
	 * Waits for this end to take everything that was sent to it, the last thing before
	 * this, and then to answer.
	 */
	void awaitAnswer(Duration quiet, Runnable action) {
		this.forAnswer = true;
		start(quiet, action);
	}

	private void start(Duration quiet, Runnable action) {
		this.quietNanos = quiet.toNanos();
		this.missed = action;
		this.beganNanos = System.nanoTime();
		this.movedNanos = this.beganNanos;
		look();
	}

	private void look() {
		long now = System.nanoTime();
		Patience patience = this.tunnel.ending().patience();
		boolean taking = patience.isTaking(this.end, now);
		if (this.forAnswer && taking) {
			this.beganNanos = now;
		}
		if ((taking || isHeldUp(now)) && now - this.beganNanos < patience.boundNanos()) {
			this.movedNanos = now;
		}
		long left = this.quietNanos - (now - this.movedNanos);
		if (left > 0) {
			schedule(this::look, Math.min(left, patience.pauseNanos()));
		}
		else {
			this.missed.run();
		}
	}

	private void schedule(Runnable action, long nanos) {
		stop();
		this.timer = this.tunnel.eventLoop().schedule(action, nanos, TimeUnit.NANOSECONDS);
	}

	void stop() {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
	}

	/**
	 * Returns whether the gateway itself does not read what is expected.
	 */
	private boolean isHeldUp(long now) {
		TunnelEnd source = this.forAnswer ? this.end : this.end.peer();
		boolean behindOthers = this.forAnswer && !source.relay().isDiscarding()
				&& this.tunnel.ending().patience().isTaking(this.end.peer(), now);
		return source.isOpen() && (behindOthers || source.intake().isPaused());
	}

}
