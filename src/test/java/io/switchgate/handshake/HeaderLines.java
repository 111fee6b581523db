package io.switchgate.handshake;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Header lines of a row in a table of tests, with {@code  & } between them. They stand in
 * place of those of the same name; a name alone only takes these away.
 */
final class HeaderLines {

	private HeaderLines() {
	}

	static void replace(String lines, Consumer<String> remove, BiConsumer<String, String> add) {
		List<String[]> split = Stream.of(lines.split(" & ", -1)).map((line) -> line.split(": ?", 2)).toList();
		split.forEach((line) -> remove.accept(line[0]));
		split.stream().filter((line) -> line.length > 1).forEach((line) -> add.accept(line[0], line[1]));
	}

}
