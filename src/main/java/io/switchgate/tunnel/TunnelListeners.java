package io.switchgate.tunnel;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

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
	public LongConsumer messageSizes(Tunnel tunnel, Direction direction) {
		return this.listeners.stream()
			.map((listener) -> listener.messageSizes(tunnel, direction))
			.filter(Objects::nonNull)
			.reduce(LongConsumer::andThen)
			.orElse((bytes) -> {
			});
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
	public void answered(Tunnel tunnel, Direction direction, Duration time) {
		this.listeners.forEach((listener) -> listener.answered(tunnel, direction, time));
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
