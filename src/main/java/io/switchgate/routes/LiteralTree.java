package io.switchgate.routes;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree in which each edge is a word. Each node has a set of numbers.
 */
final class LiteralTree {

	private final Map<String, LiteralTree> branches = new HashMap<>();

	private final BitSet numbers = new BitSet();

	/**
	 * Adds a number at the end of a path of words. With no words, every search finds it.
	 */
	void add(List<String> words, int number) {
		LiteralTree node = this;
		for (String word : words) {
			node = node.branches.computeIfAbsent(word, (key) -> new LiteralTree());
		}
		node.numbers.set(number);
	}

	/**
	 * Returns whether a search depends on its words.
	 */
	boolean hasBranches() {
		return !this.branches.isEmpty();
	}

	/**
	 * Returns the numbers of all nodes along a path of words.
	 */
	BitSet find(List<String> words) {
		BitSet found = new BitSet();
		found.or(this.numbers);
		LiteralTree node = this;
		for (String word : words) {
			node = node.branches.get(word);
			if (node == null) {
				break;
			}
			found.or(node.numbers);
		}
		return found;
	}

}
