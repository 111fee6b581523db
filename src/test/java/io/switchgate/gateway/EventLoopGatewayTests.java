package io.switchgate.gateway;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.transport.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tunnels that share one event loop, on every transport.
 */
class EventLoopGatewayTests {

	private static final int FLOOD = 50_000;

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
			EventLoop loop = gateway.channels().upstreams().get(0).eventLoop();
			loop.execute(() -> block(TimeUnit.SECONDS.toNanos(1)));
			tunnel.assertCarries("after it");
			Admin.of(gateway)
				.awaitMeter("switchgate_eventloop_lag_seconds_max{loop=\"0\"}", (seconds) -> seconds >= 0.9);
		}
	}

	private static void block(long nanos) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < nanos) {
			LockSupport.parkNanos(nanos);
		}
	}

}
