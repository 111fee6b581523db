package io.switchgate.handshake;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A bounded queue with a line for each address. The lines take turns (round-robin). When
 * the queue is full, a new item of a shorter line displaces the last item of the longest
 * line.
 *
 * @param <T> type of the items
 */
final class FairQueue<T> {

	private final int most;

	private final Semaphore places;

	/**
	 * The next line first. No line is empty.
	 */
	private final Map<Object, Deque<T>> lines = new LinkedHashMap<>();

	private int size;

	/**
	 * The longest line that is known. It need not be updated at each turn, because turns
	 * shorten most lines alike.
	 */
	private Deque<T> longest = new ArrayDeque<>();

	/**
	 * Creates a queue.
	 * @param most most items that may wait
	 */
	FairQueue(int most) {
		this(most, new Semaphore(most));
	}

	/**
	 * Creates a queue that shares its places with others.
	 * @param most most items that may wait here
	 * @param places those that may wait here and elsewhere
	 */
	FairQueue(int most, Semaphore places) {
		this.most = most;
		this.places = places;
	}

	boolean isEmpty() {
		return this.lines.isEmpty();
	}

	/**
	 * Adds an item to the line of an address.
	 * @return the item that got no place: the added one, or another one that it has
	 * displaced; null if there was room for all
	 */
	@Nullable T add(Object address, T item) {
		Deque<T> line = this.lines.get(address);
		T displaced = null;
		if (this.size >= this.most || !this.places.tryAcquire()) {
			Deque<T> longer = longerBy(2, (line != null) ? line.size() : 0);
			if (longer == null) {
				return item;
			}
			displaced = longer.removeLast();
			this.size--;
		}
		if (line == null) {
			line = new ArrayDeque<>(2);
			this.lines.put(address, line);
		}
		line.add(item);
		this.size++;
		if (line.size() > this.longest.size()) {
			this.longest = line;
		}
		return displaced;
	}

	/**
	 * Returns the longest line if it is long enough. It searches all lines only if such a
	 * line must exist, so that many addresses do not make each call expensive.
	 */
	private @Nullable Deque<T> longerBy(int difference, int length) {
		if (this.longest.size() < length + difference && length == 0 && this.size > this.lines.size()) {
			this.longest = this.lines.values().stream().max(Comparator.comparingInt(Deque::size)).orElseThrow();
		}
		return (this.longest.size() >= length + difference) ? this.longest : null;
	}

	/**
	 * Removes an item that no longer waits, if it is still here. The oldest item of a
	 * line is found first.
	 */
	void remove(Object address, T item) {
		Deque<T> line = this.lines.get(address);
		if (line != null && line.remove(item)) {
			free();
			if (line.isEmpty()) {
				this.lines.remove(address);
			}
		}
	}

	/**
	 * Removes the item whose turn it is.
	 * @return the next item, or null if none waits
	 */
	@Nullable T next() {
		return next((address) -> true);
	}

	/**
	 * Removes the item whose turn it is. Addresses that are not admitted lose their
	 * turns.
	 * @param admits tells whether an address may have its turn now
	 * @return the next item, or null if none may go
	 */
	@Nullable T next(Predicate<Object> admits) {
		for (int left = this.lines.size(); left > 0; left--) {
			Iterator<Map.Entry<Object, Deque<T>>> first = this.lines.entrySet().iterator();
			Map.Entry<Object, Deque<T>> entry = first.next();
			Object address = entry.getKey();
			Deque<T> line = entry.getValue();
			first.remove();
			T next = admits.test(address) ? line.remove() : null;
			if (!line.isEmpty()) {
				this.lines.put(address, line);
			}
			if (next != null) {
				free();
				return next;
			}
		}
		return null;
	}

	private void free() {
		this.size--;
		this.places.release();
	}

}
