package io.switchgate.tunnel;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Watches tunnels. It is called on the tunnel's event loop, so it must not block.
 */
public interface TunnelListener {

	/**
	 * Called when both ends have switched and the tunnel carries bytes.
	 */
	default void opened(Tunnel tunnel) {
	}

	/**
	 * Called when a tunnel opens, to find a counter for one of its directions.
	 * @return counter, or null for none
	 */
	default @Nullable Traffic traffic(Tunnel tunnel, Direction direction) {
		return null;
	}

	/**
	 * Called when a tunnel carries bytes for the first time, or again after no bytes
	 * waited in it.
	 */
	default void busy(Tunnel tunnel) {
	}

	/**
	 * Called when the gateway stops reading an end because the other end takes nothing.
	 * @param direction direction of the bytes that have to wait
	 */
	default void stallBegins(Tunnel tunnel, Direction direction) {
	}

	/**
	 * Called when that end is read again, or gone. A stall often takes no longer than a
	 * flush.
	 * @param direction direction of the bytes that had to wait
	 */
	default void stallEnds(Tunnel tunnel, Direction direction, Duration time) {
	}

	/**
	 * Called when the gateway stops reading an end for a moment because it is over its
	 * rate.
	 * @param direction direction of the bytes that have to wait
	 */
	default void slowed(Tunnel tunnel, Direction direction, Duration time) {
	}

	/**
	 * Called when an end has answered the last ping of the gateway.
	 * @param direction direction of what this end sends
	 * @param time time since the ping
	 */
	default void pongReceived(Tunnel tunnel, Direction direction, Duration time) {
	}

	/**
	 * Called when the tunnel begins to end, and will soon be closed. Its cause and code
	 * are known, and its idle time has not been restarted.
	 * @param tunnel tunnel that will be closed soon
	 */
	default void ending(Tunnel tunnel) {
	}

	/**
	 * Called when both ends are closed.
	 */
	default void closed(Tunnel tunnel) {
	}

}
