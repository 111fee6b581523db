package io.switchgate.client;

import java.time.Duration;
import java.util.function.Supplier;

import io.netty.channel.Channel;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;
import io.switchgate.problem.Problems;
import io.switchgate.transport.StallWatch;

/**
 * Ends the connection, or the stream, of a client that stops reading its answer.
 */
final class ClientStall {

	private ClientStall() {
	}

	static StallWatch watch(Channel client, Duration time, Problems problems) {
		Supplier<Duration> effective = () -> StallWatch.time(client, time);
		return new StallWatch(effective, () -> problems.report(new ProblemException(ProblemCause.CLIENT_STALLED,
				"Nothing of an answer taken for " + effective.get().toMillis() + " ms (expected: at most that long)")));
	}

}
