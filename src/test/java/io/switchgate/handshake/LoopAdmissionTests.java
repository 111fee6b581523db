package io.switchgate.handshake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import io.switchgate.problem.ProblemCause;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handshakes of one event loop, on a loop of its own.
 */
class LoopAdmissionTests {

	private static final long DEADLINE_SECONDS = 10;

	private static final Duration LONG = Duration.ofSeconds(DEADLINE_SECONDS);

	private final EventLoop loop = new DefaultEventLoop();

	private final LoopAdmission admission = new LoopAdmission(this.loop);

	private final List<Object> begun = Collections.synchronizedList(new ArrayList<>());

	private final List<ProblemCause> refusals = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void stop() {
		this.loop.shutdownGracefully(0, DEADLINE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private <T> T onLoop(Callable<T> action) {
		return this.loop.submit(action).syncUninterruptibly().getNow();
	}

	/**
	 * Lets a handshake arrive that takes up the whole time of a turn.
	 */
	private void arriveFirst() {
		this.admission.admit("first", LONG, (refusal) -> this.refusals.add(refusal.reason()), Mono.fromRunnable(() -> {
			long end = System.nanoTime() + LoopAdmission.TURN;
			while (System.nanoTime() - end < 0) {
				Thread.onSpinWait();
			}
		})).subscribe();
	}

	private Disposable arrive(Object network, Duration longestWait, CountDownLatch latch) {
		return this.admission
			.admit(network, longestWait, (refusal) -> this.refusals.add(refusal.reason()), Mono.fromRunnable(() -> {
				this.begun.add(network);
				latch.countDown();
			}))
			.subscribe();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void beginsNoMoreOfABurstAtOnceThanThereIsTimeForAndAllOthersLater() {
		CountDownLatch all = new CountDownLatch(1000);
		int atOnce = onLoop(() -> {
			arriveFirst();
			IntStream.range(0, 1000).forEach((network) -> arrive(network, LONG, all));
			return this.begun.size();
		});
		assertThat(atOnce).isZero();
		await(all);
		assertThat(this.refusals).isEmpty();
	}

	@Test
	void beginsEachAtOnceThatComesAlone() {
		CountDownLatch all = new CountDownLatch(100);
		for (int i = 0; i < 100; i++) {
			int before = this.begun.size();
			int network = i;
			assertThat(onLoop(() -> {
				arrive(network, LONG, all);
				return this.begun.size();
			})).isEqualTo(before + 1);
		}
	}

	@Test
	void givesNetworksTheirTurns() {
		CountDownLatch all = new CountDownLatch(1001);
		onLoop(() -> {
			arriveFirst();
			return Stream.concat(Collections.nCopies(1000, "flooder").stream(), Stream.of("newcomer"))
				.map((network) -> arrive(network, LONG, all))
				.toList();
		});
		await(all);
		assertThat(this.begun.indexOf("newcomer")).isBetween(0, 1);
	}

	@Test
	void refusesTheLastOfALineWhenTooManyWait() {
		CountDownLatch all = new CountDownLatch(LoopAdmission.WAITING + 1);
		List<ProblemCause> soon = onLoop(() -> {
			arriveFirst();
			IntStream.range(0, LoopAdmission.WAITING).forEach((i) -> arrive("flooder", LONG, all));
			arrive("newcomer", LONG, all);
			return List.copyOf(this.refusals);
		});
		assertThat(soon).containsExactly(ProblemCause.HANDSHAKE_RATE_EXCEEDED);
		await(all);
		assertThat(this.begun.subList(0, 3)).contains("newcomer");
		assertThat(this.refusals).hasSize(1);
	}

	@Test
	void refusesWhoHasNoTurnInTime() {
		CountDownLatch all = new CountDownLatch(1000);
		onLoop(() -> {
			arriveFirst();
			return IntStream.range(0, 1000).mapToObj((network) -> arrive(network, Duration.ZERO, all)).toList();
		});
		await(all);
		assertThat(this.refusals).isNotEmpty().containsOnly(ProblemCause.HANDSHAKE_RATE_EXCEEDED);
	}

	@Test
	void whoLeavesTakesNoTurn() {
		CountDownLatch all = new CountDownLatch(500);
		onLoop(() -> {
			arriveFirst();
			List<Disposable> handshakes = IntStream.range(0, 1000)
				.mapToObj((network) -> arrive(network, LONG, all))
				.toList();
			handshakes.subList(500, 1000).forEach(Disposable::dispose);
			return handshakes;
		});
		await(all);
		CountDownLatch next = new CountDownLatch(1);
		onLoop(() -> arrive("next", LONG, next));
		await(next);
		assertThat(this.begun).hasSize(501).endsWith("next");
	}

}
