package io.switchgate.tunnel;

/**
 * When a tunnel last carried something, and whether its listeners know that it does.
 */
final class Activity {

	private final Tunnel tunnel;

	private long lastNanos;

	private boolean busy;

	Activity(Tunnel tunnel, long now) {
		this.tunnel = tunnel;
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
	 * Takes something else for a sign of life.
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

}
