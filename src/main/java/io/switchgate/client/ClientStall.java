package io.switchgate.client;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.problem.Problems;
import io.switchgate.transport.StallWatch;

/**
 * Ends the connection, or the stream, of a client that takes nothing of its answer.
 */
public final class ClientStall {

	private static final AttributeKey<Duration> TIME = AttributeKey.valueOf(ClientStall.class, "time");

	private ClientStall() {
	}

	/**
	 * Sets the time that a client may take nothing of the next answers.
	 * @param client connection or stream
	 * @param time time of a route, or null for that of all
	 */
	public static void time(Channel client, @Nullable Duration time) {
		client.attr(TIME).set(time);
	}

	static StallWatch watch(Channel client, Duration time, Problems problems) {
		Supplier<Duration> effective = () -> Objects.requireNonNullElse(client.attr(TIME).get(), time);
		return new StallWatch(effective, () -> problems.report(new ProblemException(ProblemCause.CLIENT_STALLED,
				"Nothing of an answer taken for " + effective.get().toMillis() + " ms (expected: at most that long)")));
	}

}
