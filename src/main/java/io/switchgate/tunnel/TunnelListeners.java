package io.switchgate.tunnel;

import java.time.Duration;
import java.util.List;

/**
 * Several listeners as one.
 *
 * @param listeners called one after the other
 */
record TunnelListeners(List<TunnelListener> listeners) implements TunnelListener {

	private static final Traffic UNCOUNTED = new Traffic() {

		@Override
		public void frame(int opcode) {
		}

		@Override
		public void message(long bytes) {
		}

		@Override
		public void batch(long bytes) {
		}

	};

	@Override
	public void opened(Tunnel tunnel) {
		this.listeners.forEach((listener) -> listener.opened(tunnel));
	}

	/**
	 * Returns the first counter that a listener offers.
	 */
	@Override
	public Traffic traffic(Tunnel tunnel, Direction direction) {
		for (TunnelListener listener : this.listeners) {
			Traffic traffic = listener.traffic(tunnel, direction);
			if (traffic != null) {
				return traffic;
			}
		}
		return UNCOUNTED;
	}

	@Override
	public void busy(Tunnel tunnel) {
		this.listeners.forEach((listener) -> listener.busy(tunnel));
	}

	@Override
	public void stallBegins(Tunnel tunnel, Direction direction) {
		this.listeners.forEach((listener) -> listener.stallBegins(tunnel, direction));
	}

	@Override
	public void stallEnds(Tunnel tunnel, Direction direction, Duration time) {
		this.listeners.forEach((listener) -> listener.stallEnds(tunnel, direction, time));
	}

	@Override
	public void slowed(Tunnel tunnel, Direction direction, Duration time) {
		this.listeners.forEach((listener) -> listener.slowed(tunnel, direction, time));
	}

	@Override
	public void pongReceived(Tunnel tunnel, Direction direction, Duration time) {
		this.listeners.forEach((listener) -> listener.pongReceived(tunnel, direction, time));
	}

	@Override
	public void ending(Tunnel tunnel) {
		this.listeners.forEach((listener) -> listener.ending(tunnel));
	}

	@Override
	public void closed(Tunnel tunnel) {
		this.listeners.forEach((listener) -> listener.closed(tunnel));
	}

}
