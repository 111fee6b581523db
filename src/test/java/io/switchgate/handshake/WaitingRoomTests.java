package io.switchgate.handshake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.switchgate.fixture.Seeds;
import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handshakes that wait for a place of their route, on two event loops.
 */
class WaitingRoomTests {

	private static final int ROUNDS = 30;

	private static final int HANDSHAKES = 200;

	private static final int PLACES = 3_000;

	private static final long DEADLINE_SECONDS = 10;

	private static final Duration LONG = Duration.ofSeconds(DEADLINE_SECONDS);

	private final List<EventLoop> loops = List.of(new DefaultEventLoop(), new DefaultEventLoop());

	private final Semaphore places = new Semaphore(PLACES);

	private final List<ProblemCause> refusals = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void stop() {
		this.loops
			.forEach((loop) -> loop.shutdownGracefully(0, DEADLINE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly());
	}

	private static <T> T on(EventLoop loop, Callable<T> action) {
		return loop.submit(action).syncUninterruptibly().getNow();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Disposable arrive(HandshakeRoom room, Object network, EventLoop loop, Duration longestWait,
			Mono<Void> inside) {
		return on(loop, () -> room.admit(network, loop, longestWait, inside).subscribe((nothing) -> {
		}, (error) -> this.refusals.add(((ProblemException) error).reason())));
	}

	private HandshakeRoom full() {
		HandshakeRoom room = new HandshakeRoom("full", 1, this.places);
		assertThat(room.enter("first")).isTrue();
		return room;
	}

	@Test
	void placeThatOneLoopFreesIsTakenOnAnother() {
		HandshakeRoom room = full();
		CountDownLatch begun = new CountDownLatch(1);
		arrive(room, "a", this.loops.get(0), LONG, Mono.fromRunnable(begun::countDown));
		on(this.loops.get(1), () -> {
			room.exit("first");
			return true;
		});
		await(begun);
		assertThat(this.refusals).isEmpty();
	}

	@Test
	void manyThatEndAtOnceHaveTheirTurns() {
		HandshakeRoom room = full();
		CountDownLatch begun = new CountDownLatch(PLACES);
		for (int i = 0; i < PLACES; i++) {
			arrive(room, "a", this.loops.get(i % 2), LONG, Mono.fromRunnable(begun::countDown));
		}
		room.exit("first");
		await(begun);
	}

	@Test
	void networksTakeTurns() {
		HandshakeRoom room = full();
		List<String> begun = Collections.synchronizedList(new ArrayList<>());
		CountDownLatch all = new CountDownLatch(101);
		Stream.concat(Collections.nCopies(100, "flooder").stream(), Stream.of("newcomer"))
			.forEach((network) -> arrive(room, network, this.loops.get(0), LONG, Mono.fromRunnable(() -> {
				begun.add(network);
				all.countDown();
			})));
		room.exit("first");
		await(all);
		assertThat(begun.indexOf("newcomer")).isBetween(0, 1);
	}

	@Test
	void refusesTheLastOfTheLongestLineWhenTooManyWait() {
		HandshakeRoom room = full();
		for (int i = 0; i <= PLACES; i++) {
			arrive(room, (i < PLACES) ? "flooder" : "newcomer", this.loops.get(0), LONG, Mono.never());
		}
		assertThat(this.refusals).containsExactly(ProblemCause.TOO_MANY_HANDSHAKES);
		assertThat(this.places.availablePermits()).isZero();
	}

	@Test
	void refusesWhoHasNoPlaceInTime() {
		HandshakeRoom room = full();
		CountDownLatch refused = new CountDownLatch(1);
		EventLoop loop = this.loops.get(0);
		on(loop, () -> room.admit("a", loop, Duration.ZERO, Mono.never())
			.doOnError(ProblemException.class, (error) -> this.refusals.add(error.reason()))
			.onErrorComplete()
			.doFinally((end) -> refused.countDown())
			.subscribe());
		await(refused);
		assertThat(this.refusals).containsExactly(ProblemCause.TOO_MANY_HANDSHAKES);
	}

	/**
	 * Handshakes are answered, leave, or wait in vain, on any thread.
	 */
	@Test
	void losesNoPlace() {
		Seeds.forEach(ROUNDS, (random) -> {
			int capacity = 1 + random.nextInt(40);
			HandshakeRoom room = new HandshakeRoom("chat", capacity, this.places);
			List<Runnable> ends = new ArrayList<>();
			CountDownLatch over = new CountDownLatch(HANDSHAKES);
			for (int i = 0; i < HANDSHAKES; i++) {
				ends.add(begin(random, room, over));
				if (random.nextInt(3) == 0) {
					ends.remove(random.nextInt(ends.size())).run();
				}
			}
			ends.forEach(Runnable::run);
			await(over);
			Awaitility.await().atMost(LONG).untilAsserted(() -> {
				List<Integer> entered = IntStream.range(0, 200).takeWhile(room::enter).boxed().toList();
				entered.forEach(room::exit);
				assertThat(entered).as("free in the room").hasSize(capacity);
				assertThat(this.places.availablePermits()).as("places to wait").isEqualTo(PLACES);
			});
		});
	}

	/**
	 * Begins a handshake.
	 * @return ends it in one way or another
	 */
	private Runnable begin(Random random, HandshakeRoom room, CountDownLatch over) {
		EventLoop loop = this.loops.get(random.nextInt(2));
		Sinks.Empty<Void> answer = Sinks.empty();
		Duration longestWait = random.nextBoolean() ? LONG : Duration.ofMillis(random.nextInt(5));
		int network = random.nextInt(10);
		Disposable handshake = on(loop,
				() -> room.admit(network, loop, longestWait, answer.asMono())
					.onErrorComplete()
					.doFinally((end) -> over.countDown())
					.subscribe());
		return switch (random.nextInt(3)) {
			case 0 -> answer::tryEmitEmpty;
			case 1 -> handshake::dispose;
			default -> () -> loop.execute(handshake::dispose);
		};
	}

}
