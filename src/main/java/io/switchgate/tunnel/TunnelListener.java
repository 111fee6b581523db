package io.switchgate.tunnel;

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
	 * Both ends are closed.
	 * @param tunnel tunnel that carries nothing any more
	 */
	void closed(Tunnel tunnel);

}
