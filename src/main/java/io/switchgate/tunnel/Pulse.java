package io.switchgate.tunnel;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Signs of life of one end: when it last sent something, and how it answers the gateway's
 * own pings.
 */
final class Pulse {

	/**
	 * First half of the payload of each ping of the gateway. It tells their pongs from
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
	 * Restarts the silence, because the end sent something, or because nobody reads what
	 * it sends.
	 */
	void heard(long now) {
		this.heardNanos = now;
		this.waiting = false;
	}

	long silence(long now) {
		return now - this.heardNanos;
	}

	/**
	 * Returns the nanoseconds since a ping after which the end has sent nothing, or -1.
	 */
	long waiting(long now) {
		return this.waiting ? now - this.pingedNanos : -1;
	}

	/**
	 * Returns the payload of a ping that is sent now.
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
	 * Handles a pong.
	 * @param last receives the round-trip time if the pong answers the last ping
	 * @return whether it answers any ping of the gateway
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
