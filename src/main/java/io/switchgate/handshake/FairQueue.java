package io.switchgate.handshake;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
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

	private final Predicate<T> gone;

	/**
	 * The next line first. No line is empty.
	 */
	private final Map<Object, Deque<T>> lines = new LinkedHashMap<>();

	private int size;

	/**
	 * The longest line that is known. It need not be updated at each turn, because turns
	 * shorten all lines alike.
	 */
	private Deque<T> longest = new ArrayDeque<>();

	/**
	 * Creates a queue.
	 * @param most most items that may wait
	 * @param gone tells whether an item no longer waits; it then takes no turn
	 */
	FairQueue(int most, Predicate<T> gone) {
		this.most = most;
		this.gone = gone;
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
		if (this.size >= this.most) {
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
	 * Removes the item whose turn it is.
	 * @return the next item, or null if none waits
	 */
	@Nullable T next() {
		while (!this.lines.isEmpty()) {
			Iterator<Map.Entry<Object, Deque<T>>> first = this.lines.entrySet().iterator();
			Map.Entry<Object, Deque<T>> entry = first.next();
			Object address = entry.getKey();
			Deque<T> line = entry.getValue();
			first.remove();
			T next = poll(line);
			if (!line.isEmpty()) {
				this.lines.put(address, line);
			}
			if (next != null) {
				return next;
			}
		}
		return null;
	}

	private @Nullable T poll(Deque<T> line) {
		T next = line.poll();
		while (next != null) {
			this.size--;
			if (!this.gone.test(next)) {
				return next;
			}
			next = line.poll();
		}
		return null;
	}

}
