package io.switchgate.tunnel;

import java.util.List;

/**
 * Several listeners as one.
 *
 * @param listeners called one after the other
 */
record TunnelListeners(List<TunnelListener> listeners) implements TunnelListener {

	@Override
	public void opened(Tunnel tunnel) {
		this.listeners.forEach((listener) -> listener.opened(tunnel));
	}

	@Override
	public void relayed(Tunnel tunnel, Direction direction, long bytes, FrameCounts frames) {
		for (TunnelListener listener : this.listeners) {
			listener.relayed(tunnel, direction, bytes, frames);
		}
	}

	@Override
	public void closed(Tunnel tunnel) {
		this.listeners.forEach((listener) -> listener.closed(tunnel));
	}

}
