package io.switchgate.routes;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers that stand under sequences of words, as leaves stand on branches.
 */
final class LiteralTree {

	private final Map<String, LiteralTree> branches = new HashMap<>();

	private final BitSet numbers = new BitSet();

	/**
	 * Puts a number under words; under none, it is found by all.
	 */
	void add(List<String> words, int number) {
		LiteralTree node = this;
		for (String word : words) {
			node = node.branches.computeIfAbsent(word, (key) -> new LiteralTree());
		}
		node.numbers.set(number);
	}

	/**
	 * Returns whether words make a difference.
	 */
	boolean hasBranches() {
		return !this.branches.isEmpty();
	}

	/**
	 * Returns the numbers under all words that these begin with.
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
