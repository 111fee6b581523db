package io.switchgate.probe;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How long steps took, as text.
 */
final class Times {

	private static final double MILLIS = 1_000_000;

	private static final double SECONDS = 1_000_000_000;

	private Times() {
	}

	static String text(Map<String, Duration> times) {
		return times.entrySet()
			.stream()
			.map((time) -> time.getKey() + " " + text(time.getValue()))
			.collect(Collectors.joining(", "));
	}

	static String text(Duration time) {
		double nanos = time.toNanos();
		if (nanos < SECONDS) {
			return String.format(Locale.ROOT, "%.1f ms", nanos / MILLIS).replace(".0 ms", " ms");
		}
		return String.format(Locale.ROOT, "%.1f s", nanos / SECONDS).replace(".0 s", " s");
	}

}
