package io.switchgate.load;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.switchgate.transport.Transport;

/**
 * No client can exhaust the gateway, whatever the transport.
 */
class WorstClientsAcceptanceTests {

	private static final Duration TIME = Duration.ofSeconds(5);

	private static final Report REPORT = WorstClientsRun.report();

	@AfterAll
	static void print() {
		REPORT.print("worst-clients");
	}

	@ParameterizedTest
	@EnumSource(names = { "NIO", "EPOLL", "IO_URING" })
	void staysSmallAndServesOthers(Transport transport) {
		new WorstClientsRun(transport, Worst.inClear(), TIME).run(REPORT);
	}

	@Test
	void staysSmallAndServesOthersOverTls() {
		new WorstClientsRun(Transport.AUTO, Worst.overTls(), TIME).run(REPORT);
	}

	/**
	 * Unread answers to PING frames are kept in the heap.
	 */
	@ParameterizedTest
	@EnumSource(names = { "NIO", "EPOLL", "IO_URING" })
	void staysSmallWhenAllSendPings(Transport transport) {
		new WorstClientsRun(transport, List.of(Worst.HTTP2_PINGS), TIME).run(REPORT);
	}

	/**
	 * An allocation that fails for one channel must not end the event loop.
	 */
	@ParameterizedTest
	@EnumSource(names = { "NIO", "EPOLL", "IO_URING" })
	void servesOthersAgainWhenDirectMemoryWasExhausted(Transport transport) {
		new WorstClientsRun(transport, List.of(Worst.HTTP2_WITHOUT_WINDOWS), Duration.ofMinutes(1))
			.runOutOfDirectMemory();
	}

}
