package io.switchgate.handshake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

import io.netty.channel.EventLoop;
import reactor.core.publisher.Mono;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

/**
 * Room for handshakes in progress on a route. A network is admitted while it has fewer
 * than three times as many handshakes as there are free places, so that others always
 * find some. Handshakes that find none wait, and networks take turns. All event loops
 * share the room.
 */
final class HandshakeRoom implements Line {

	/**
	 * Most handshakes of a route that wait.
	 */
	static final int WAITING = 4096;

	private static final int OWN_FOR_EACH_FREE = 3;

	private final String route;

	private final int capacity;

	private final Map<Object, Integer> byNetwork = new HashMap<>();

	/**
	 * None of them may have a place now: each place that becomes free is given at once.
	 */
	private final FairQueue<Turn> waiting;

	private int free;

	/**
	 * Creates a room.
	 * @param capacity most handshakes in progress
	 * @param places those that may wait on all routes together
	 */
	HandshakeRoom(String route, int capacity, Semaphore places) {
		this.route = route;
		this.capacity = capacity;
		this.waiting = new FairQueue<>(WAITING, places);
		this.free = capacity;
	}

	/**
	 * Admits a handshake at once, or when a place becomes free. Call it on the event loop
	 * of the client.
	 * @param network network of the client
	 * @param longestWait time that it may wait
	 * @param inside what follows for the handshake
	 * @return completes with what follows, or fails if there is no place in time
	 */
	Mono<Void> admit(Object network, EventLoop loop, Duration longestWait, Mono<Void> inside) {
		Mono<Void> within = inside.doFinally((signal) -> exit(network));
		if (enter(network)) {
			return within;
		}
		Turn turn = new Turn(this, network, loop);
		return turn.await(longestWait).then(Mono.defer(() -> {
			turn.take();
			return within;
		}));
	}

	synchronized boolean enter(Object network) {
		int own = this.byNetwork.getOrDefault(network, 0);
		if (own >= (long) OWN_FOR_EACH_FREE * this.free) {
			return false;
		}
		this.free--;
		this.byNetwork.put(network, own + 1);
		return true;
	}

	void exit(Object network) {
		remove(network).forEach(Turn::beginLater);
	}

	private synchronized List<Turn> remove(Object network) {
		this.free++;
		this.byNetwork.computeIfPresent(network, (key, own) -> (own == 1) ? null : own - 1);
		if (this.waiting.isEmpty()) {
			return List.of();
		}
		List<Turn> turns = new ArrayList<>(1);
		Turn turn = this.waiting.next(this::enter);
		while (turn != null) {
			turns.add(turn);
			turn = (this.free > 0) ? this.waiting.next(this::enter) : null;
		}
		return turns;
	}

	@Override
	public void join(Turn turn) {
		Turn refused = null;
		synchronized (this) {
			if (enter(turn.network())) {
				// A place has become free a moment ago.
				turn.beginLater();
			}
			else {
				refused = this.waiting.add(turn.network(), turn);
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
	public void missed(Turn turn) {
		exit(turn.network());
	}

	@Override
	public ProblemException refusal(Turn turn) {
		String found = "More than " + this.capacity + " handshakes";
		String expected = " at once (expected: at most that many)";
		return new ProblemException(ProblemCause.TOO_MANY_HANDSHAKES, found + " of route " + this.route + expected,
				found + expected, null);
	}

}
