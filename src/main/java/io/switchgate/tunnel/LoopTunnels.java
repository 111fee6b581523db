package io.switchgate.tunnel;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import io.netty.channel.EventLoop;

/**
 * Open tunnels of one event loop. Tasks visit a few of them in each turn of the loop, so
 * that the loop also serves others, however many tasks there are.
 */
final class LoopTunnels {

	/**
	 * Tunnels that are visited in one turn of the loop. This takes some microseconds, or
	 * some tens of them if the tunnels have to be loaded from main memory.
	 */
	static final int VISITED = 64;

	/**
	 * Time between two turns. A task without a delay would run in the same turn.
	 */
	private static final long PAUSE_MILLIS = 1;

	private final EventLoop loop;

	/**
	 * Changes on the loop only. Concurrent so that other threads can read it, and so that
	 * it can change during a visit.
	 */
	private final Set<Tunnel> open = ConcurrentHashMap.newKeySet();

	private final Queue<Visit<?>> visits = new ArrayDeque<>();

	private boolean pausing;

	LoopTunnels(EventLoop loop) {
		this.loop = loop;
	}

	void add(Tunnel tunnel) {
		this.open.add(tunnel);
	}

	void remove(Tunnel tunnel) {
		this.open.remove(tunnel);
	}

	boolean contains(Tunnel tunnel) {
		return this.open.contains(tunnel);
	}

	int size() {
		return this.open.size();
	}

	Stream<Tunnel> stream() {
		return this.open.stream();
	}

	/**
	 * Asks all open tunnels. Those that open during that time may be left out.
	 */
	<T> CompletableFuture<List<T>> ask(Function<Tunnel, T> question) {
		return ask(this.open, question);
	}

	/**
	 * Asks some tunnels.
	 */
	<T> CompletableFuture<List<T>> ask(Iterable<Tunnel> tunnels, Function<Tunnel, T> question) {
		CompletableFuture<List<T>> end = new CompletableFuture<>();
		this.loop.execute(() -> {
			this.visits.add(Visit.of(tunnels.iterator(), question, end));
			if (!this.pausing) {
				visit();
			}
		});
		return end;
	}

	private void visit() {
		int visited = 0;
		while (visited < VISITED && !this.visits.isEmpty()) {
			if (this.visits.element().step(this.open::contains)) {
				visited++;
			}
			else {
				this.visits.remove();
			}
		}
		this.pausing = true;
		this.loop.schedule(this::resume, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void resume() {
		this.pausing = false;
		if (!this.visits.isEmpty()) {
			visit();
		}
	}

}
