package io.switchgate.handshake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Admits handshakes at a limited rate. Excess handshakes wait, and addresses take turns
 * (round-robin), so that a client that floods the gateway delays only itself.
 */
final class HandshakeTurns implements Line {

	/**
	 * The token bucket is refilled this often per second, which is steady enough.
	 */
	private static final int REFILLS_PER_SECOND = 10;

	private final int rate;

	private final int refill;

	private final long period;

	private final FairQueue<Turn> waiting;

	private int tokens;

	private long refilled = System.nanoTime();

	private boolean scheduled;

	HandshakeTurns(int rate, Duration longestWait) {
		this.rate = rate;
		this.refill = Math.max(1, rate / REFILLS_PER_SECOND);
		this.period = TimeUnit.SECONDS.toNanos(1) * this.refill / rate;
		this.tokens = this.refill;
		this.waiting = new FairQueue<>((int) Math.min(rate * (longestWait.toMillis() / 1000.0), Integer.MAX_VALUE));
	}

	/**
	 * Returns whether a handshake may continue at once, and counts it then.
	 */
	synchronized boolean takesToken() {
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

	@Override
	public void join(Turn turn) {
		Turn refused;
		synchronized (this) {
			refused = this.waiting.add(turn.network(), turn);
			if (!this.scheduled && !this.waiting.isEmpty()) {
				schedule(turn.loop());
			}
		}
		if (refused != null) {
			refused.refuse();
		}
	}

	@Override
	public synchronized void leave(Turn turn) {
		this.waiting.remove(turn.network(), turn);
	}

	@Override
	public ProblemException refusal(Turn turn) {
		return new ProblemException(ProblemCause.HANDSHAKE_RATE_EXCEEDED,
				"More than " + this.rate + " handshakes in a second (expected: at most that many)");
	}

	private void schedule(EventLoop loop) {
		this.scheduled = true;
		long left = this.refilled + this.period - System.nanoTime();
		loop.schedule(() -> giveTurns(loop), left, TimeUnit.NANOSECONDS);
	}

	private void giveTurns(EventLoop loop) {
		next(loop).forEach(Turn::beginLater);
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

}
