package io.switchgate.tunnel;

import java.time.Duration;
import java.time.Instant;

/**
 * When a tunnel was opened, when it last carried bytes, and whether its listeners know
 * that it is busy. The order is by age, oldest first.
 */
public final class Activity implements Comparable<Activity> {

	private final Tunnel tunnel;

	private final long openedNanos;

	/**
	 * Written on the tunnel's event loop, read everywhere.
	 */
	private volatile long lastNanos;

	private boolean busy;

	Activity(Tunnel tunnel, long now) {
		this.tunnel = tunnel;
		this.openedNanos = now;
		this.lastNanos = now;
	}

	void relayed(long now) {
		this.lastNanos = now;
		if (!this.busy) {
			this.busy = true;
			this.tunnel.listener().busy(this.tunnel);
		}
	}

	/**
	 * Restarts the idle time although no byte was relayed.
	 */
	void renew() {
		this.lastNanos = System.nanoTime();
	}

	void calm() {
		this.busy = false;
	}

	long idle(long now) {
		return now - this.lastNanos;
	}

	/**
	 * Returns the time since the last byte that either end sent.
	 */
	public Duration idle() {
		return Duration.ofNanos(idle(System.nanoTime()));
	}

	/**
	 * Returns the time since the switch.
	 */
	public Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.openedNanos);
	}

	Instant opened() {
		return Instant.now().minus(age());
	}

	@Override
	public int compareTo(Activity other) {
		return Long.signum(this.openedNanos - other.openedNanos);
	}

}
