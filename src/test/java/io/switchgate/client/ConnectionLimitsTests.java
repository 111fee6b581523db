package io.switchgate.client;

import java.net.InetAddress;
import java.util.Optional;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

import io.switchgate.problem.ProblemCause;
import io.switchgate.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the limits for open connections.
 */
class ConnectionLimitsTests {

	private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

	@Test
	void admitsAnotherConnectionAfterOneIsClosed() {
		ConnectionLimits limits = new ConnectionLimits(() -> 2, 0, 1);
		EmbeddedChannel first = new EmbeddedChannel();
		assertThat(limits.enter(first)).isNull();
		assertThat(limits.enter(new EmbeddedChannel())).isNull();
		assertThat(Optional.ofNullable(limits.enter(new EmbeddedChannel()))).map(ProblemException::reason)
			.contains(ProblemCause.TOO_MANY_CONNECTIONS);
		first.close();
		assertThat(limits.enter(new EmbeddedChannel())).isNull();
	}

	@Test
	void answersALimitedNumberOfRefusedConnections() {
		ConnectionLimits limits = new ConnectionLimits(() -> 0, 0, 1);
		EmbeddedChannel first = new EmbeddedChannel();
		assertThat(limits.refuse(first)).isTrue();
		assertThat(limits.refuse(new EmbeddedChannel())).isFalse();
		first.close();
		assertThat(limits.refuse(new EmbeddedChannel())).isTrue();
	}

	@Test
	void countsConnectionsByAddress() throws Exception {
		ConnectionLimits limits = new ConnectionLimits(() -> 100, 1, 1);
		EmbeddedChannel first = new EmbeddedChannel();
		assertThat(limits.enter(first, CLIENT)).isNull();
		assertThat(Optional.ofNullable(limits.enter(new EmbeddedChannel(), CLIENT))).map(ProblemException::reason)
			.contains(ProblemCause.TOO_MANY_CONNECTIONS_OF_CLIENT);
		assertThat(limits.enter(new EmbeddedChannel(), InetAddress.getByName("192.0.2.1"))).isNull();
		first.close();
		assertThat(limits.enter(new EmbeddedChannel(), CLIENT)).isNull();
	}

}
