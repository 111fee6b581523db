package io.switchgate.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.Wire;
import io.switchgate.transport.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Readers of plain answers and of plain requests' bodies that do not read stop the
 * writers. There are several at once: together they empty the buffer ring of io_uring.
 */
class PlainBackpressureGatewayTests {

	private static final int CONNECTIONS = 6;

	/**
	 * The kernel lets each socket of the gateway grow to several megabytes.
	 */
	private static final int BOUND = 24 * 1024 * 1024;

	private static final int TOTAL = 2 * BOUND;

	private static final byte[] CHUNK = new byte[64 * 1024];

	private final List<Wire> wires = new ArrayList<>();

	private final List<AtomicLong> written = new ArrayList<>();

	private final List<Thread> threads = new ArrayList<>();

	static Stream<Lane> lanes() {
		return Stream.concat(Lane.transports(), Stream.of(new Lane(Transport.IO_URING, Front.TLS, true)));
	}

	/**
	 * TLS would wait for its turn to say goodbye.
	 */
	@AfterEach
	void reset() throws InterruptedException {
		this.wires.forEach(Wire::reset);
		for (Thread thread : this.threads) {
			thread.join();
		}
	}

	@ParameterizedTest
	@MethodSource("lanes")
	void stopsUpstreamsWhoseClientsDoNotReadTheAnswer(Lane lane) {
		for (int i = 0; i < CONNECTIONS; i++) {
			Wire client = connect(lane);
			client.send("GET " + lane.path() + " HTTP/1.1\nHost: a\n\n");
			Wire upstream = accept(lane);
			// The gateway passes a head on with the first byte behind it.
			upstream.send("HTTP/1.1 200 OK\nContent-Length: " + (TOTAL + 1) + "\n\nx");
			client.head();
			client.read(1);
			write(upstream);
		}
		assertAllStop();
		assertThat(this.wires.get(0).read(TOTAL)).hasSize(TOTAL);
	}

	@ParameterizedTest
	@MethodSource("lanes")
	void stopsClientsWhoseUpstreamDoesNotReadTheBody(Lane lane) {
		for (int i = 0; i < CONNECTIONS; i++) {
			Wire client = connect(lane);
			client.send("POST " + lane.path() + " HTTP/1.1\nHost: a\nContent-Length: " + TOTAL + "\n\n");
			accept(lane).head();
			write(client);
		}
		assertAllStop();
		assertThat(this.wires.get(1).read(TOTAL)).hasSize(TOTAL);
	}

	private Wire connect(Lane lane) {
		this.wires.add(lane.gateway().connect());
		return this.wires.get(this.wires.size() - 1);
	}

	private Wire accept(Lane lane) {
		this.wires.add(lane.upstream().accept());
		return this.wires.get(this.wires.size() - 1);
	}

	private void write(Wire writer) {
		AtomicLong bytes = new AtomicLong();
		this.written.add(bytes);
		Thread thread = new Thread(() -> {
			while (bytes.get() < TOTAL) {
				writer.send(CHUNK);
				bytes.addAndGet(CHUNK.length);
			}
		}, "writer");
		thread.setUncaughtExceptionHandler((failed, closed) -> {
		});
		thread.start();
		this.threads.add(thread);
	}

	private void assertAllStop() {
		List<Long> last = new ArrayList<>();
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollInterval(Duration.ofMillis(20))
			.during(Duration.ofMillis(500))
			.until(() -> {
				List<Long> now = this.written.stream().map(AtomicLong::get).toList();
				boolean same = now.equals(last);
				last.clear();
				last.addAll(now);
				return same;
			});
		assertThat(last).allSatisfy((bytes) -> assertThat(bytes).isLessThan(BOUND));
	}

}
