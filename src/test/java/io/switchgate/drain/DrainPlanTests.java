package io.switchgate.drain;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.switchgate.drain.DrainPlan.Idle;
import io.switchgate.drain.DrainPlan.Step;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the order and the times in which a drain closes tunnels.
 */
class DrainPlanTests {

	private static final Duration TIME = Duration.ofSeconds(20);

	@Test
	void closesIdleTunnelsFirst() {
		List<Step<String>> steps = new DrainPlan(TIME, new Random(1))
			.steps(List.of(idle("busy", 0), idle("idle", 90), idle("resting", 7)));
		assertThat(steps).extracting(Step::tunnel).containsExactly("idle", "resting", "busy");
		assertThat(steps).extracting(Step::delay).isSorted();
	}

	@Test
	void closesOneTunnelInEachSlot() {
		int count = 1000;
		List<Step<Integer>> steps = new DrainPlan(TIME, new Random(1))
			.steps(IntStream.range(0, count).mapToObj((i) -> idle(i, count - i)).toList());
		assertThat(steps).hasSize(count).allSatisfy((step) -> {
			Duration slot = TIME.dividedBy(count);
			assertThat(step.delay()).isBetween(slot.multipliedBy(step.tunnel()), slot.multipliedBy(step.tunnel() + 1L));
		});
	}

	@Test
	void closesTunnelsAtOtherTimesThanAnotherGateway() {
		List<Idle<Integer>> tunnels = IntStream.range(0, 10).mapToObj((i) -> idle(i, i)).toList();
		assertThat(new DrainPlan(TIME, new Random(1)).steps(tunnels))
			.isNotEqualTo(new DrainPlan(TIME, new Random(2)).steps(tunnels));
	}

	@Test
	void closesAllAtOnceWithoutTime() {
		assertThat(new DrainPlan(Duration.ZERO, new Random(1)).steps(List.of(idle("a", 1), idle("b", 2))))
			.extracting(Step::delay)
			.containsOnly(Duration.ZERO);
	}

	@Test
	void hasNoStepsWithoutTunnels() {
		assertThat(new DrainPlan(TIME, new Random(1)).steps(List.of())).isEmpty();
	}

	private static <T> Idle<T> idle(T tunnel, int seconds) {
		return new Idle<>(tunnel, Duration.ofSeconds(seconds));
	}

}
