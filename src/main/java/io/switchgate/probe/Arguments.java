package io.switchgate.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Words of a command line, sorted into options and others. Error messages never quote a
 * value, because it may be a secret.
 *
 * @param options values of each option that is there; none for those without a value
 * @param others words that belong to no option
 */
record Arguments(Map<String, List<String>> options, List<String> others) {

	/**
	 * Sorts the words of a command line.
	 * @param words words, as in {@code --name value} or {@code --name=value}
	 * @param flags options without a value
	 * @param valued options with a value
	 * @throws MisuseException if an option is unknown or has no value
	 */
	static Arguments of(List<String> words, Set<String> flags, Set<String> valued) {
		Map<String, List<String>> options = new LinkedHashMap<>();
		List<String> others = new ArrayList<>();
		for (int i = 0; i < words.size(); i++) {
			String word = words.get(i);
			if (!word.startsWith("-")) {
				others.add(word);
				continue;
			}
			int equals = word.indexOf('=');
			String name = (equals != -1) ? word.substring(0, equals) : word;
			List<String> values = options.computeIfAbsent(name, (key) -> new ArrayList<>());
			if (!valued.contains(name)) {
				checkFlag(name, equals != -1, flags, valued);
			}
			else if (equals != -1) {
				values.add(word.substring(equals + 1));
			}
			else if (++i < words.size()) {
				values.add(words.get(i));
			}
			else {
				throw new MisuseException(name + ": nothing (expected: a value)");
			}
		}
		return new Arguments(options, List.copyOf(others));
	}

	private static void checkFlag(String name, boolean hasValue, Set<String> flags, Set<String> valued) {
		if (!flags.contains(name) || hasValue) {
			List<String> all = Stream.concat(valued.stream(), flags.stream()).sorted().toList();
			throw new MisuseException("option: " + Printable.of(name) + (hasValue ? "=..." : "") + " (expected: one of "
					+ String.join(", ", all) + ")");
		}
	}

	boolean has(String name) {
		return this.options.containsKey(name);
	}

	List<String> all(String name) {
		return this.options.getOrDefault(name, List.of());
	}

	/**
	 * Returns the value of an option that may be given at most once.
	 */
	@Nullable String one(String name) {
		List<String> values = all(name);
		if (values.size() > 1) {
			throw new MisuseException(name + ": " + values.size() + " times (expected: once)");
		}
		return values.isEmpty() ? null : values.get(0);
	}

}
