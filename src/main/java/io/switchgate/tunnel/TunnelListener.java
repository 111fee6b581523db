package io.switchgate.tunnel;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Watches tunnels. Called on the tunnel's event loop, so it must not block.
 */
public interface TunnelListener {

	/**
	 * Both ends have switched.
	 */
	default void opened(Tunnel tunnel) {
	}

	/**
	 * Asks, when a tunnel opens, who counts what it carries.
	 * @return counts it, or null
	 */
	default @Nullable Traffic traffic(Tunnel tunnel, Direction direction) {
		return null;
	}

	/**
	 * A tunnel carries bytes, for the first time since it opened or was found to have
	 * nothing that waits.
	 */
	default void busy(Tunnel tunnel) {
	}

	/**
	 * An end is not read from now on because the other end takes nothing.
	 * @param direction way of the bytes that have to wait
	 */
	default void stallBegins(Tunnel tunnel, Direction direction) {
	}

	/**
	 * An end is read again, or gone. Often a flush takes no longer than this stall.
	 * @param direction way of the bytes that had to wait
	 */
	default void stallEnds(Tunnel tunnel, Direction direction, Duration time) {
	}

	/**
	 * An end is not read for a moment because it sent more than its rate allows.
	 * @param direction way of the bytes that have to wait
	 */
	default void slowed(Tunnel tunnel, Direction direction, Duration time) {
	}

	/**
	 * An end has answered the last ping of the gateway.
	 * @param direction way of what this end sends
	 * @param time since the ping
	 */
	default void pongReceived(Tunnel tunnel, Direction direction, Duration time) {
	}

	/**
	 * The first thing has happened that ends the tunnel: its cause and its code are
	 * there, and it has been idle for as long as before that.
	 * @param tunnel tunnel that will be closed soon
	 */
	default void ending(Tunnel tunnel) {
	}

	/**
	 * Both ends are closed.
	 */
	default void closed(Tunnel tunnel) {
	}

}
