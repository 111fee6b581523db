package io.switchgate.tunnel;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Signs of life of one end: when it was last heard, and how it answers the gateway's own
 * pings.
 */
final class Pulse {

	/**
	 * Begins the payload of each ping of the gateway, so that its pongs can be told from
	 * those that answer the other end.
	 */
	private final int key;

	private int pings;

	private long heardNanos = System.nanoTime();

	private long pingedNanos;

	private boolean waiting;

	private long roundTripNanos = -1;

	Pulse(int key) {
		this.key = key;
	}

	/**
	 * The end sent something, or cannot be heard because nobody reads what it sends.
	 */
	void heard(long now) {
		this.heardNanos = now;
		this.waiting = false;
	}

	long silence(long now) {
		return now - this.heardNanos;
	}

	/**
	 * Returns the time since a ping that nothing has followed yet, or -1.
	 */
	long waiting(long now) {
		return this.waiting ? now - this.pingedNanos : -1;
	}

	/**
	 * Returns the payload of the next ping, which is sent now.
	 */
	long ping(long now) {
		this.pingedNanos = now;
		this.waiting = true;
		this.pings++;
		return payload(this.pings);
	}

	private long payload(int ping) {
		return (long) this.key << Integer.SIZE | ping;
	}

	/**
	 * Takes a pong.
	 * @param last gets the round trip if it answers the last ping
	 * @return whether it answers a ping of the gateway, the last one or one before
	 */
	boolean isAnswered(long payload, Consumer<Duration> last) {
		int ping = (int) payload;
		if (payload >>> Integer.SIZE != Integer.toUnsignedLong(this.key) || ping < 1 || ping > this.pings) {
			return false;
		}
		if (ping == this.pings) {
			this.roundTripNanos = System.nanoTime() - this.pingedNanos;
			last.accept(Duration.ofNanos(this.roundTripNanos));
		}
		return true;
	}

	@Nullable Duration roundTrip() {
		return (this.roundTripNanos >= 0) ? Duration.ofNanos(this.roundTripNanos) : null;
	}

}
