package io.switchgate.drain;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Decides when a drain closes each tunnel. The time is divided into as many equal slots
 * as there are tunnels, and each tunnel is closed at a random moment in its slot. So the
 * closes are spread evenly, but not in step with other gateways that drain at the same
 * time. The tunnels that have been idle for the longest time come first, because their
 * users miss them least.
 *
 * @param time time of all slots
 * @param random chooses the moment in a slot
 */
record DrainPlan(Duration time, RandomGenerator random) {

	<T> List<Step<T>> steps(List<Idle<T>> tunnels) {
		List<Idle<T>> sorted = tunnels.stream()
			.sorted(Comparator.comparing((Idle<T> tunnel) -> tunnel.idle()).reversed())
			.toList();
		double slot = (double) this.time.toNanos() / Math.max(1, sorted.size());
		return IntStream.range(0, sorted.size())
			.mapToObj((i) -> new Step<>(sorted.get(i).tunnel(),
					Duration.ofNanos((long) (slot * (i + this.random.nextDouble())))))
			.toList();
	}

	/**
	 * A tunnel and how long it has been idle.
	 *
	 * @param <T> type of tunnel
	 * @param tunnel tunnel
	 * @param idle time without a byte
	 */
	record Idle<T>(T tunnel, Duration idle) {

	}

	/**
	 * A tunnel and when it is closed.
	 *
	 * @param <T> type of tunnel
	 * @param tunnel tunnel
	 * @param delay time from the start of the drain
	 */
	record Step<T>(T tunnel, Duration delay) {

	}

}
