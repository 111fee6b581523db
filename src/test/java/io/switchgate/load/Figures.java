package io.switchgate.load;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Figures that a gateway reports of itself.
 *
 * @param stallMillis longest time for which an event loop kept a due task waiting
 * @param heap bytes of heap in use, garbage among them
 * @param direct bytes of direct memory that Netty's buffers hold
 * @param resident bytes of the process in memory
 * @param classes number of loaded classes; 0 in peaks
 * @param threads number of threads; 0 in peaks
 * @param meters number of meters; 0 in peaks
 */
record Figures(long stallMillis, long heap, long direct, long resident, long classes, long threads, long meters) {

	static Figures parse(String line) {
		Map<String, Long> values = Stream.of(line.split(" ", -1))
			.filter((word) -> word.contains("="))
			.map((word) -> word.split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> Long.valueOf(pair[1])));
		Function<String, Long> value = (name) -> values.getOrDefault(name, 0L);
		return new Figures(value.apply("stall"), value.apply("heap"), value.apply("direct"), value.apply("resident"),
				value.apply("classes"), value.apply("threads"), value.apply("meters"));
	}

	String megabytes() {
		return megabytes(this.heap) + " / " + megabytes(this.direct) + " / " + megabytes(this.resident) + " MB";
	}

	private static long megabytes(long bytes) {
		return Math.round(bytes / (1024.0 * 1024));
	}

}
