package io.switchgate.tunnel;

import java.time.Duration;

import io.switchgate.transport.Timer;

/**
 * The wait for one end of a closing tunnel. The waits follow one another, and each
 * replaces the one before: first the grace for a message that is being sent to the end,
 * then the rest of a frame, then the end's answer.
 *
 * <p>
 * The time stops while bytes move: bytes that wait for the end, or bytes that must pass
 * before the expected ones. A frame of any length could make this last for ever, so the
 * whole wait has a limit too.
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

	private final Timer timer = new Timer();

	Deadline(Tunnel tunnel, TunnelEnd end) {
		this.tunnel = tunnel;
		this.end = end;
	}

	/**
	 * Waits for a fixed time, whether bytes move or not.
	 */
	void awaitGrace(Duration grace, Runnable action) {
		this.timer.start(this.tunnel.eventLoop(), grace, action);
	}

	/**
	 * Waits for the end of a frame that is being sent to this end.
	 */
	void awaitFrame(Duration quiet, Runnable action) {
		this.forAnswer = false;
		start(quiet, action);
	}

	/**
	 * Waits until this end has taken everything that was sent to it, and then for its
	 * answer.
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
			this.timer.start(this.tunnel.eventLoop(), Duration.ofNanos(Math.min(left, patience.pauseNanos())),
					this::look);
		}
		else {
			this.missed.run();
		}
	}

	void stop() {
		this.timer.stop();
	}

	/**
	 * Returns whether the expected bytes are late only because the gateway does not read
	 * them.
	 */
	private boolean isHeldUp(long now) {
		TunnelEnd source = this.forAnswer ? this.end : this.end.peer();
		boolean behindOthers = this.forAnswer && !source.relay().isDiscarding()
				&& this.tunnel.ending().patience().isTaking(this.end.peer(), now);
		return source.isOpen() && (behindOthers || source.intake().isPaused());
	}

}
