package io.switchgate.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;

import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.transport.Transport;
import io.switchgate.tunnel.Tunnel;
import io.switchgate.tunnel.TunnelRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tunnels that share one event loop, on every transport.
 */
class EventLoopGatewayTests {

	private static final int FLOOD = 50_000;

	private static final int MANY = 100;

	private static final Map<Transport, Gateway> GATEWAYS = new EnumMap<>(Transport.class);

	private static ScriptedUpstream upstreams;

	@BeforeAll
	static void start() {
		upstreams = ScriptedUpstream.start();
	}

	@AfterAll
	static void stop() {
		GATEWAYS.values().forEach(Gateway::close);
		GATEWAYS.clear();
		upstreams.close();
	}

	private static Stream<Transport> transports() {
		return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING);
	}

	private static Gateway gateway(Transport transport) {
		Assumptions.assumeTrue(transport.isAvailable(), () -> transport + " is not available");
		return GATEWAYS.computeIfAbsent(transport,
				(key) -> Gateway.with()
					.route("flood", upstreams.uri())
					.route("chat", upstreams.uri())
					.property("switchgate.transport.type", key.name())
					.property("switchgate.transport.workers", "1")
					.start());
	}

	@ParameterizedTest
	@MethodSource("transports")
	void countsEveryMessageOfAFloodWhileItsNeighbourTalks(Transport transport) throws InterruptedException {
		Gateway gateway = gateway(transport);
		try (OpenTunnel flood = OpenTunnel.through(gateway, "/flood", upstreams);
				OpenTunnel neighbour = OpenTunnel.through(gateway, "/chat", upstreams)) {
			byte[] empty = Frame.text("").mask().bytes();
			byte[] frames = new byte[FLOOD * empty.length];
			for (int i = 0; i < frames.length; i += empty.length) {
				System.arraycopy(empty, 0, frames, i, empty.length);
			}
			Thread sender = new Thread(() -> flood.client().send(frames));
			sender.start();
			neighbour.assertCarries("during the flood");
			assertThat(Arrays.equals(flood.upstream().read(frames.length), frames)).isTrue();
			sender.join();
			String tags = "{direction=\"to-upstream\",route=\"flood\"}";
			Admin admin = Admin.of(gateway);
			admin.awaitMeter("switchgate_tunnel_messages_total" + tags, FLOOD);
			admin.awaitMeter("switchgate_tunnel_bytes_total" + tags, frames.length);
			assertThat(admin.meter("switchgate_tunnel_message_size_bytes_count" + tags)).isPositive()
				.isLessThanOrEqualTo(FLOOD);
		}
	}

	@ParameterizedTest
	@MethodSource("transports")
	void showsAStallOfALoopInFull(Transport transport) {
		Gateway gateway = gateway(transport);
		try (OpenTunnel tunnel = OpenTunnel.through(gateway, "/chat", upstreams)) {
			loop(gateway).execute(() -> block(TimeUnit.SECONDS.toNanos(1)));
			tunnel.assertCarries("after it");
			Admin.of(gateway)
				.awaitMeter("switchgate_eventloop_lag_seconds_max{loop=\"0\"}", (seconds) -> seconds >= 0.9);
		}
	}

	@ParameterizedTest
	@MethodSource("transports")
	void operatorsAreAnsweredWhileALoopIsBlocked(Transport transport) {
		Gateway gateway = gateway(transport);
		Admin admin = Admin.of(gateway);
		try (OpenTunnel tunnel = OpenTunnel.through(gateway, "/chat", upstreams)) {
			CountDownLatch end = new CountDownLatch(1);
			loop(gateway).execute(() -> await(end));
			try (ConsoleEvents events = ConsoleEvents.listen(gateway)) {
				assertThat(events.await((summary) -> true).at("/tunnels/0/open").asInt()).isPositive();
				assertThat(Stream.of("health/liveness", "prometheus", "handshakes", "closes", "drain", "console",
						"tunnels?route=none", "tunnels?client=192.0.2.1", "tunnels?minIdle=1h", "tunnels?minAge=1h",
						"tunnels?page=1000"))
					.allSatisfy((path) -> assertThat(admin.get(path)).hasStatus(200));
				assertThat(admin.get("tunnels/none")).hasStatus(404);
			}
			finally {
				end.countDown();
			}
			tunnel.assertCarries("after it");
		}
	}

	/**
	 * Whatever many operators want to know, other tasks come after 64 tunnels.
	 */
	@ParameterizedTest
	@MethodSource("transports")
	void aLoopServesOthersWhileManyTunnelsAreAsked(Transport transport) {
		Gateway gateway = gateway(transport);
		List<OpenTunnel> tunnels = new ArrayList<>();
		try {
			for (int i = 0; i < MANY; i++) {
				tunnels.add(OpenTunnel.through(gateway, "/chat", upstreams));
			}
			EventLoop loop = loop(gateway);
			AtomicInteger asked = new AtomicInteger();
			AtomicInteger before = new AtomicInteger();
			Function<Tunnel, Integer> question = (tunnel) -> {
				if (asked.incrementAndGet() == 1) {
					loop.schedule(() -> before.set(asked.get()), 0, TimeUnit.NANOSECONDS);
				}
				return 1;
			};
			TunnelRegistry registry = gateway.bean(TunnelRegistry.class);
			Mono<Integer> answers = Flux.range(0, 4)
				.flatMap((asker) -> registry.ask(question))
				.map(List::size)
				.reduce(Integer::sum);
			assertThat(answers.block()).isGreaterThanOrEqualTo(4 * MANY);
			assertThat(before.get()).isBetween(1, 64);
		}
		finally {
			tunnels.forEach(OpenTunnel::close);
		}
	}

	private static EventLoop loop(Gateway gateway) {
		return gateway.channels().upstreams().get(0).eventLoop();
	}

	private static void await(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void block(long nanos) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < nanos) {
			LockSupport.parkNanos(nanos);
		}
	}

}
