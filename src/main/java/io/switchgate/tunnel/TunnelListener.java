package io.switchgate.tunnel;

import java.time.Duration;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Watches tunnels. Called on the tunnel's event loop, so it must not block.
 */
public interface TunnelListener {

	/**
	 * Both ends have switched.
	 * @param tunnel tunnel that now carries bytes
	 */
	void opened(Tunnel tunnel);

	/**
	 * A batch of bytes was read and handed to the other end.
	 * @param tunnel tunnel that carried them
	 * @param direction way that they went
	 * @param bytes how many
	 * @param frames frames that began in them; valid during the call only
	 */
	default void relayed(Tunnel tunnel, Direction direction, long bytes, FrameCounts frames) {
	}

	/**
	 * Asks, when a tunnel opens, who wants to know how large its messages are.
	 * @param tunnel tunnel that opens
	 * @param direction way of the messages
	 * @return gets the bytes of a message when its last frame begins, or null; of the
	 * messages of one batch only the first few
	 */
	default @Nullable LongConsumer messageSizes(Tunnel tunnel, Direction direction) {
		return null;
	}

	/**
	 * An end is not read from now on because the other end takes nothing.
	 * @param tunnel tunnel that both belong to
	 * @param direction way of the bytes that have to wait
	 */
	default void stallBegins(Tunnel tunnel, Direction direction) {
	}

	/**
	 * An end is read again, or gone. Often a flush takes no longer than this stall.
	 * @param tunnel tunnel that both ends belong to
	 * @param direction way of the bytes that had to wait
	 * @param time how long
	 */
	default void stallEnds(Tunnel tunnel, Direction direction, Duration time) {
	}

	/**
	 * An end is not read for a moment because it sent more than its rate allows.
	 * @param tunnel tunnel that it belongs to
	 * @param direction way of the bytes that have to wait
	 * @param time how long
	 */
	default void slowed(Tunnel tunnel, Direction direction, Duration time) {
	}

	/**
	 * An end has answered the last ping of the gateway.
	 * @param tunnel tunnel that it belongs to
	 * @param direction way of what this end sends
	 * @param time since the ping
	 */
	default void answered(Tunnel tunnel, Direction direction, Duration time) {
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
	 * @param tunnel tunnel that carries nothing any more
	 */
	void closed(Tunnel tunnel);

}
