package io.switchgate.gateway;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Http2Stream;
import io.switchgate.fixture.Http2Upstream;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;
import io.switchgate.transport.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer of a plain request that takes nothing is not waited for without end, and one
 * that takes something is.
 */
class StallGatewayTests {

	/**
	 * More than the buffers of the kernel hold.
	 */
	private static final int LARGE = 32 * 1024 * 1024;

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private static final String METADATA = "spring.cloud.gateway.server.webflux.routes[%d].metadata.stall-time";

	private static final ScriptedUpstream UPSTREAMS = ScriptedUpstream.start();

	private static final Http2Upstream STREAMS = Http2Upstream.start(true);

	private static final Map<Transport, Map<Front, Gateway>> GATEWAYS = new ConcurrentHashMap<>();

	static Stream<Arguments> fronts() {
		return Stream.concat(
				Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
					.map((transport) -> Arguments.of(transport, Front.CLEAR)),
				Stream.of(Front.TLS_HTTP2, Front.H2).map((front) -> Arguments.of(Transport.AUTO, front)));
	}

	private static Gateway gateway(Transport transport, Front front) {
		Assumptions.assumeTrue(transport.isAvailable(), () -> transport + " is not available");
		Front server = (front == Front.H2) ? Front.TLS_HTTP2 : front;
		return GATEWAYS.computeIfAbsent(transport, (key) -> new ConcurrentHashMap<>())
			.computeIfAbsent(server,
					(key) -> Gateway.with()
						.front(server)
						.trustUpstream()
						.property("switchgate.transport.type", transport.name())
						.route("impatient", UPSTREAMS.uri())
						.property(METADATA.formatted(0), "500ms")
						.route("streams", STREAMS.uri())
						.property(METADATA.formatted(1), "500ms")
						.route("patient", UPSTREAMS.uri())
						.property("switchgate.client.stall-time", PATIENCE.toMillis() + "ms")
						.property("switchgate.upstream.stall-time", PATIENCE.toMillis() + "ms")
						.start())
			.to(front);
	}

	@AfterAll
	static void stop() {
		GATEWAYS.values().stream().flatMap((gateways) -> gateways.values().stream()).forEach(Gateway::close);
		UPSTREAMS.close();
		STREAMS.close();
	}

	@ParameterizedTest
	@MethodSource("fronts")
	void endsARequestWhoseUpstreamTakesNothingOfIt(Transport transport, Front front) {
		try (Wire client = gateway(transport, front).connect()) {
			client.send("POST /impatient HTTP/1.1\nHost: a\nContent-Length: " + LARGE + "\n\n");
			write(client);
			try (Wire upstream = UPSTREAMS.accept()) {
				upstream.head();
				ProblemAnswer.expect(client, 504, "upstream-stalled");
				upstream.awaitEnd();
			}
		}
	}

	@Test
	void endsARequestWhoseStreamTakesNothingOfIt() throws Exception {
		try (Wire client = gateway(Transport.AUTO, Front.TLS_HTTP2).connect()) {
			client.send("POST /streams HTTP/1.1\nHost: a\nContent-Length: " + LARGE + "\n\n");
			write(client);
			Http2Stream upstream = STREAMS.accept();
			upstream.next();
			ProblemAnswer.expect(client, 504, "upstream-stalled");
		}
	}

	@ParameterizedTest
	@MethodSource("fronts")
	void endsAClientThatTakesNothingOfItsAnswer(Transport transport, Front front) {
		Gateway gateway = gateway(transport, front);
		double before = stalls(gateway);
		try (Wire client = gateway.connect()) {
			client.send("GET /impatient HTTP/1.1\nHost: a\n\n");
			try (Wire upstream = UPSTREAMS.accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 200 OK\nContent-Length: " + LARGE + "\nConnection: close\n\n");
				write(upstream);
				Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> stalls(gateway) > before);
				assertThat(bytesOf(client)).isLessThan(LARGE);
			}
		}
	}

	private static double stalls(Gateway gateway) {
		return gateway.bean(MeterRegistry.class)
			.find("switchgate.problems")
			.tag("cause", "client-stalled")
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

	private static long bytesOf(Wire client) {
		byte[] buffer = new byte[64 * 1024];
		long bytes = 0;
		try {
			for (int read = client.read(buffer); read != -1; read = client.read(buffer)) {
				bytes += read;
			}
		}
		catch (UncheckedIOException ex) {
			// A reset is an end as well.
		}
		return bytes;
	}

	@ParameterizedTest
	@EnumSource(names = { "CLEAR", "TLS_HTTP2", "H2" })
	void waitsForAClientThatTakesItsTime(Front front) {
		try (Wire client = gateway(Transport.AUTO, front).connect()) {
			client.send("GET /patient HTTP/1.1\nHost: a\n\n");
			try (Wire upstream = UPSTREAMS.accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 200 OK\nContent-Length: " + LARGE + "\n\n");
				write(upstream);
				client.head();
				assertTakesItsTime(client);
			}
		}
	}

	@Test
	void waitsForAnUpstreamThatTakesItsTime() {
		try (Wire client = gateway(Transport.AUTO, Front.CLEAR).connect()) {
			client.send("POST /patient HTTP/1.1\nHost: a\nContent-Length: " + LARGE + "\n\n");
			write(client);
			try (Wire upstream = UPSTREAMS.accept()) {
				upstream.head();
				assertTakesItsTime(upstream);
				upstream.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
				assertThat(client.head()).startsWith("HTTP/1.1 200 OK\n");
			}
		}
	}

	/**
	 * Reads a megabyte now and then, for twice as long as nothing may be read, and the
	 * rest.
	 */
	private static void assertTakesItsTime(Wire reader) {
		long end = System.nanoTime() + 2 * PATIENCE.toNanos();
		int read = 0;
		while (System.nanoTime() < end && read < LARGE / 2) {
			read += reader.read(LARGE / 64).length;
			Awaitility.await().pollDelay(PATIENCE.dividedBy(12)).until(() -> true);
		}
		assertThat(reader.read(LARGE - read)).hasSize(LARGE - read);
	}

	private static void write(Wire writer) {
		Thread thread = new Thread(() -> {
			byte[] piece = new byte[64 * 1024];
			Arrays.fill(piece, (byte) 'x');
			for (int written = 0; written < LARGE; written += piece.length) {
				writer.send(piece);
			}
		}, "writer");
		thread.setUncaughtExceptionHandler((failed, closed) -> {
		});
		thread.setDaemon(true);
		thread.start();
	}

}
