package io.switchgate.handshake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.EventLoop;
import reactor.core.publisher.Mono;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Admits the handshakes of one event loop. In each of its turns the loop begins
 * handshakes for a short time, and then reads and writes for everybody else. Those for
 * which there is no time wait, and the networks of clients take turns. Use it on its loop
 * only.
 *
 * <p>
 * So there is no number to set: a gateway that has just started begins one or two in a
 * turn, and fifty later. The delay of the loop would be the wrong signal, because a
 * machine that is busy with other work delays a loop that has little to do. Between loops
 * nothing is shared, because a common queue would need a lock for each handshake.
 */
final class LoopAdmission implements Line {

	/**
	 * Most handshakes that wait on a loop.
	 */
	static final int WAITING = 8192;

	/**
	 * For how long handshakes begin in one turn of the loop, in nanoseconds. What follows
	 * for them later takes about as long again.
	 */
	static final long TURN = TimeUnit.MILLISECONDS.toNanos(5);

	private final EventLoop loop;

	private final FairQueue<Turn> waiting = new FairQueue<>(WAITING);

	/**
	 * Those of them that are refused next, and some that have gone meanwhile.
	 */
	private final Deque<Turn> late = new ArrayDeque<>();

	/**
	 * Whether a handshake has begun in this turn of the loop without waiting.
	 */
	private boolean begun;

	/**
	 * Until when others may follow it without waiting.
	 */
	private long open;

	private boolean scheduled;

	LoopAdmission(EventLoop loop) {
		this.loop = loop;
	}

	/**
	 * Admits a handshake at once, or when its turn comes.
	 * @param network network of its client
	 * @param longestWait time that it may wait
	 * @param refused is told if it has no turn in time
	 * @param inside what follows in any case
	 */
	Mono<Void> admit(Object network, Duration longestWait, Consumer<ProblemException> refused, Mono<Void> inside) {
		if (this.waiting.isEmpty() && isOpen()) {
			return inside;
		}
		return new Turn(this, network, this.loop).await(longestWait)
			.onErrorResume(ProblemException.class, (refusal) -> Mono.fromRunnable(() -> refused.accept(refusal)))
			.then(inside);
	}

	private boolean isOpen() {
		long now = System.nanoTime();
		if (this.begun) {
			return now - this.open < 0;
		}
		this.begun = true;
		this.open = now + TURN;
		// Tasks run after all that can be read now.
		this.loop.execute(() -> this.begun = false);
		return true;
	}

	@Override
	public void join(Turn turn) {
		Turn refused = this.waiting.add(turn.network(), turn);
		if (refused != null) {
			refused.refuse();
		}
		if (!this.scheduled) {
			schedule();
		}
	}

	/**
	 * The loop reads and writes before it runs what is scheduled, even without a delay.
	 */
	private void schedule() {
		this.scheduled = true;
		this.loop.schedule(this::giveTurns, 0, TimeUnit.NANOSECONDS);
	}

	private void giveTurns() {
		this.scheduled = false;
		long end = System.nanoTime() + TURN;
		try {
			refuseLate(end);
			begin(end);
		}
		finally {
			if (!this.scheduled && !(this.waiting.isEmpty() && this.late.isEmpty())) {
				schedule();
			}
		}
	}

	private void refuseLate(long end) {
		Turn turn = this.late.poll();
		while (turn != null) {
			turn.refuse();
			turn = (System.nanoTime() - end < 0) ? this.late.poll() : null;
		}
	}

	/**
	 * Begins one handshake at least, whatever the refusals have taken.
	 */
	private void begin(long end) {
		Turn turn = this.waiting.next();
		while (turn != null) {
			turn.begin();
			turn = (System.nanoTime() - end < 0) ? this.waiting.next() : null;
		}
	}

	/**
	 * Refuses a handshake in one of the next turns, unless it begins before. Those that
	 * have waited for the same time would hold up the loop together.
	 */
	@Override
	public void expired(Turn turn) {
		this.late.add(turn);
	}

	@Override
	public void leave(Turn turn) {
		this.waiting.remove(turn.network(), turn);
	}

	@Override
	public ProblemException refusal(Turn turn) {
		return new ProblemException(ProblemCause.HANDSHAKE_RATE_EXCEEDED,
				"More handshakes than the gateway can begin at the moment (expected: fewer at once)");
	}

}
