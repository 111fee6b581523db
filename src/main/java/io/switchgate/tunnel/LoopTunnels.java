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
 * Open tunnels of one event loop. They are visited a few at a time, and between two times
 * the loop serves others, however many want to know something.
 */
final class LoopTunnels {

	/**
	 * Tunnels that are visited in one turn of the loop: some microseconds, or some tens
	 * of them if the tunnels have to come from main memory.
	 */
	static final int VISITED = 64;

	/**
	 * From one turn to the next. A task without a delay would run in the same turn.
	 */
	private static final long PAUSE_MILLIS = 1;

	private final EventLoop loop;

	/**
	 * Changed on the loop only. Concurrent so that others can read it, and so that it can
	 * change while it is visited.
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
	 * Asks all. Those that open meanwhile may be asked or not.
	 */
	<T> CompletableFuture<List<T>> ask(Function<Tunnel, T> question) {
		return ask(this.open, question);
	}

	/**
	 * Asks some.
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
