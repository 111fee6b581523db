package io.switchgate.load;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.transport.Transport;

/**
 * Mixed attacks of hostile clients for a minute, and attacks of one kind by all clients.
 */
@Timeout(180)
class WorstClientsLoadTests {

	private static final List<Transport> TRANSPORTS = List.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING);

	private static final Report REPORT = WorstClientsRun.report();

	@AfterAll
	static void print() {
		REPORT.print("worst-clients-load");
	}

	static Stream<Arguments> mixed() {
		return TRANSPORTS.stream()
			.flatMap((transport) -> Stream.of(Worst.inClear(), Worst.overTls())
				.map((kinds) -> Arguments.of(transport, kinds)));
	}

	@ParameterizedTest
	@MethodSource("mixed")
	void staysSmallAndServesOthers(Transport transport, List<Worst> kinds) {
		new WorstClientsRun(transport, kinds, Duration.ofMinutes(1)).run(REPORT);
	}

	/**
	 * Returns the attacks with one request for each connection. The other ones need more
	 * memory than this gateway has.
	 */
	static Stream<Arguments> same() {
		return TRANSPORTS.stream()
			.flatMap((transport) -> Stream.of(Worst.values())
				.filter((kind) -> !kind.hasStreams())
				.map((kind) -> Arguments.of(transport, kind)));
	}

	@ParameterizedTest
	@MethodSource("same")
	void staysSmallWhenAllDoTheSame(Transport transport, Worst kind) {
		new WorstClientsRun(transport, List.of(kind), Duration.ofSeconds(6)).run(REPORT);
	}

}
