package io.switchgate.doctor;

import java.util.List;
import java.util.Locale;

/**
 * Ends of one kind that happened after nearly the same time.
 *
 * @param cause code of the close cause
 * @param code close code
 * @param measure {@code idle} for the time since the last byte, {@code lifetime} for that
 * since the switch
 * @param seconds that time
 * @param ends how many
 * @param percent how many of the ends of the route
 * @param sentence what it means
 */
public record CloseCluster(String cause, int code, String measure, double seconds, int ends, int percent,
		String sentence) {

	static CloseCluster of(Measure measure, List<Close> members, int all) {
		Close any = members.get(0);
		double seconds = measure.seconds(members.get(members.size() / 2));
		int percent = Math.round(100F * members.size() / all);
		String sentence = "%d %% of the tunnels of route %s end %s %.1f s by %s: %s".formatted(percent, any.route(),
				(measure == Measure.IDLE) ? "idle at" : "after", seconds, how(any),
				KnownTimer.describe(any, measure, seconds));
		return new CloseCluster(any.cause().code(), any.code(), measure.name().toLowerCase(Locale.ROOT),
				Math.round(seconds * 10) / 10.0, members.size(), percent, sentence);
	}

	private static String how(Close close) {
		String side = KnownTimer.side(close.cause());
		return switch (close.cause()) {
			case CLIENT_FIN, UPSTREAM_FIN -> "a FIN of the " + side + " side";
			case CLIENT_RESET, UPSTREAM_RESET -> "a reset of the " + side + " side";
			case CLIENT_CLOSE, UPSTREAM_CLOSE -> "a close frame " + close.code() + " of the " + side + " side";
			default -> "the gateway (" + close.cause().code() + ")";
		};
	}

}
