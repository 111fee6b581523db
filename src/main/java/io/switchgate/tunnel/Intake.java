package io.switchgate.tunnel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Controls whether an end is read. It is not read while the other end takes nothing, or
 * while it must pause because of its rate.
 */
final class Intake {

	private final Tunnel tunnel;

	private final TunnelEnd end;

	private boolean paused;

	private boolean stalled;

	private long stalledNanos;

	Intake(Tunnel tunnel, TunnelEnd end) {
		this.tunnel = tunnel;
		this.end = end;
	}

	/**
	 * Turns reading on or off, depending on whether the other end takes bytes.
	 */
	void update() {
		boolean taken = this.end.relay().isDiscarding() || this.end.peer().outlet().isWritable();
		stalled(!taken && this.end.peer().isOpen());
		this.end.channel().config().setAutoRead(taken && !this.paused);
	}

	private void stalled(boolean now) {
		if (now == this.stalled) {
			return;
		}
		this.stalled = now;
		long time = System.nanoTime();
		if (now) {
			this.stalledNanos = time;
			this.tunnel.listener().stallBegins(this.tunnel, this.end.direction());
		}
		else {
			this.tunnel.listener()
				.stallEnds(this.tunnel, this.end.direction(), Duration.ofNanos(time - this.stalledNanos));
		}
	}

	/**
	 * Stops reading for a while.
	 */
	void pause(long nanos) {
		if (!this.paused) {
			this.paused = true;
			update();
			this.end.channel().eventLoop().schedule(this::resume, nanos, TimeUnit.NANOSECONDS);
			this.tunnel.listener().slowed(this.tunnel, this.end.direction(), Duration.ofNanos(nanos));
		}
	}

	private void resume() {
		this.paused = false;
		update();
	}

	/**
	 * Ends a stall when the tunnel ends.
	 */
	void stop() {
		stalled(false);
	}

	boolean isPaused() {
		return this.paused;
	}

	boolean isReading() {
		return this.end.channel().config().isAutoRead();
	}

}
