package io.switchgate.handshake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Admits handshakes at a limited rate. Excess handshakes wait, and addresses take turns
 * (round-robin), so that a client that floods the gateway delays only itself.
 */
final class HandshakeTurns {

	/**
	 * The token bucket is refilled this often per second, which is steady enough.
	 */
	private static final int REFILLS_PER_SECOND = 10;

	private final int rate;

	private final Duration longestWait;

	private final int refill;

	private final long period;

	private final FairQueue<Turn> waiting;

	private int tokens;

	private long refilled = System.nanoTime();

	private boolean scheduled;

	HandshakeTurns(int rate, Duration longestWait) {
		this.rate = rate;
		this.longestWait = longestWait;
		this.refill = Math.max(1, rate / REFILLS_PER_SECOND);
		this.period = TimeUnit.SECONDS.toNanos(1) * this.refill / rate;
		this.tokens = this.refill;
		this.waiting = new FairQueue<>((int) Math.min(rate * (longestWait.toMillis() / 1000.0), Integer.MAX_VALUE),
				(turn) -> turn.gone);
	}

	/**
	 * Waits until a handshake may continue.
	 * @param loop event loop of its client
	 * @return completes on that loop, or fails if the handshake gets no turn in time
	 */
	Mono<Void> await(String address, EventLoop loop) {
		if (takesToken()) {
			return Mono.empty();
		}
		return Mono.<Void>create((sink) -> enter(ClientNetwork.of(address), new Turn(sink, loop)))
			.timeout(Mono.delay(this.longestWait, Schedulers.fromExecutorService(loop)), Mono.error(this::tooMany));
	}

	private ProblemException tooMany() {
		return new ProblemException(ProblemCause.HANDSHAKE_RATE_EXCEEDED,
				"More than " + this.rate + " handshakes in a second (expected: at most that many)");
	}

	private synchronized boolean takesToken() {
		refill();
		if (this.tokens == 0 || !this.waiting.isEmpty()) {
			return false;
		}
		this.tokens--;
		return true;
	}

	private void refill() {
		long periods = (System.nanoTime() - this.refilled) / this.period;
		this.refilled += periods * this.period;
		this.tokens = (int) Math.min(this.refill, this.tokens + periods * this.refill);
	}

	private void enter(Object network, Turn turn) {
		Turn refused;
		synchronized (this) {
			refused = this.waiting.add(network, turn);
			if (!this.scheduled && !this.waiting.isEmpty()) {
				schedule(turn.loop);
			}
		}
		if (refused != null) {
			refused.end(tooMany());
		}
	}

	private void schedule(EventLoop loop) {
		this.scheduled = true;
		long left = this.refilled + this.period - System.nanoTime();
		loop.schedule(() -> giveTurns(loop), left, TimeUnit.NANOSECONDS);
	}

	private void giveTurns(EventLoop loop) {
		next(loop).forEach((turn) -> turn.end(null));
	}

	private synchronized List<Turn> next(EventLoop loop) {
		refill();
		List<Turn> turns = new ArrayList<>();
		Turn turn = (this.tokens > 0) ? this.waiting.next() : null;
		while (turn != null) {
			turns.add(turn);
			turn = (--this.tokens > 0) ? this.waiting.next() : null;
		}
		this.scheduled = false;
		if (!this.waiting.isEmpty()) {
			schedule(loop);
		}
		return turns;
	}

	/**
	 * A handshake that waits.
	 */
	private static final class Turn {

		private final MonoSink<Void> sink;

		private final EventLoop loop;

		/**
		 * The client has left or has waited long enough.
		 */
		private volatile boolean gone;

		Turn(MonoSink<Void> sink, EventLoop loop) {
			this.sink = sink;
			this.loop = loop;
			sink.onDispose(() -> this.gone = true);
		}

		void end(@Nullable Throwable error) {
			this.loop.execute(() -> {
				if (error != null) {
					this.sink.error(error);
				}
				else {
					this.sink.success();
				}
			});
		}

	}

}
