package io.switchgate.tunnel;

import java.time.Duration;

/**
 * Time that one end of a tunnel that ends may take, or the message that is on its way to
 * it. It passes only while nothing moves: neither what waits for the end nor what is in
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

	Deadline(Tunnel tunnel, TunnelEnd end) {
		this.tunnel = tunnel;
		this.end = end;
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
			this.end.outlet().schedule(this::look, Duration.ofNanos(Math.min(left, patience.pauseNanos())));
		}
		else {
			this.missed.run();
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
