package io.switchgate.handshake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.EventLoop;
import reactor.core.publisher.Mono;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Admits the handshakes of one event loop, a few in each of its turns. The others wait,
 * and the networks of clients take turns. Use it on its loop only.
 *
 * <p>
 * While handshakes wait, there is a turn for them every millisecond, or as often as a
 * busy loop runs what is due. Between loops nothing is shared, because a common queue
 * would need a lock for each handshake.
 */
final class LoopAdmission implements Line {

	/**
	 * Most handshakes that wait on a loop.
	 */
	static final int WAITING = 8192;

	private static final long TURN = TimeUnit.MILLISECONDS.toNanos(1);

	private final EventLoop loop;

	private final LoopPace pace = new LoopPace();

	private final FairQueue<Turn> waiting = new FairQueue<>(WAITING);

	/**
	 * Handshakes that have begun in this turn of the loop without waiting.
	 */
	private int begun;

	/**
	 * When the next turn should begin.
	 */
	private long due;

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
		if (this.waiting.isEmpty() && this.begun < this.pace.perTurn()) {
			if (this.begun++ == 0) {
				// Tasks run after all that can be read now.
				this.loop.execute(() -> this.begun = 0);
			}
			return inside;
		}
		return new Turn(this, network, this.loop).await(longestWait)
			.onErrorResume(ProblemException.class, (refusal) -> Mono.fromRunnable(() -> refused.accept(refusal)))
			.then(inside);
	}

	@Override
	public void join(Turn turn) {
		Turn refused = this.waiting.add(turn.network(), turn);
		if (refused != null) {
			refused.refuse();
		}
		if (!this.scheduled) {
			this.scheduled = true;
			schedule(System.nanoTime());
		}
	}

	private void schedule(long now) {
		this.due = now + TURN;
		this.loop.schedule(this::giveTurns, TURN, TimeUnit.NANOSECONDS);
	}

	private void giveTurns() {
		long now = System.nanoTime();
		this.pace.adjust(now - this.due);
		try {
			Turn turn = this.waiting.next();
			for (int left = this.pace.perTurn() - 1; turn != null; left--) {
				turn.begin();
				turn = (left > 0) ? this.waiting.next() : null;
			}
		}
		finally {
			this.scheduled = !this.waiting.isEmpty();
			if (this.scheduled) {
				schedule(System.nanoTime());
			}
		}
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
