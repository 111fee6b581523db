package io.switchgate.gateway;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;
import io.switchgate.transport.Transport;
import io.switchgate.tunnel.TunnelRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An end that reads slowly gets all that was sent to it, however its tunnel ends.
 */
class SlowReaderGatewayTests {

	private static final int SMALL = 16 * 1024;

	private static final Duration PAUSE = Duration.ofMillis(50);

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> slow(gateway, uri).route("idle", uri).limits("idle-time", "1s"));

	static Stream<Arguments> transportsAndFronts() {
		return Stream.concat(Lane.transports().map((lane) -> Arguments.of(lane.transport(), Front.CLEAR)),
				Stream.of(Front.TLS, Front.H2C).map((front) -> Arguments.of(Transport.AUTO, front)));
	}

	static Stream<Arguments> waysAndEnds() {
		return Stream.of(WayToEnd.values())
			.flatMap((way) -> Stream.of(true, false).map((client) -> Arguments.of(way, client)));
	}

	private static Gateway.Builder slow(Gateway.Builder gateway, String uri) {
		return gateway.route("chat", uri)
			.property("switchgate.tunnel.receive-buffer", "16KB")
			.property("switchgate.tunnel.send-buffer", "16KB")
			.property("switchgate.tunnel.half-close-timeout", "1s")
			.property("switchgate.tunnel.close-frame-timeout", "100ms")
			.property("switchgate.tunnel.close-timeout", "100ms")
			.property("switchgate.tunnel.close-wait", "100ms");
	}

	@ParameterizedTest
	@MethodSource("transportsAndFronts")
	void getsTheCloseFrameBehindAllMessagesOfAnUpstreamThatHasLeft(Transport transport, Front front) {
		try (ScriptedUpstream upstreams = ScriptedUpstream.start();
				Gateway gateway = slow(Gateway.with(), upstreams.uri()).front(front)
					.property("switchgate.transport.type", transport.name())
					.start();
				Lane.Ends ends = Lane.Ends.open(gateway, "/chat", upstreams)) {
			byte[] sent = join(WayToEnd.messages(30, false), WayToEnd.close(false));
			ends.client().receiveBuffer(SMALL);
			CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
				ends.upstream().send(sent);
				ends.upstream().fin();
			});
			assertSame(slowly(ends.client(), SMALL), sent);
			sending.join();
		}
	}

	@ParameterizedTest
	@MethodSource("waysAndEnds")
	void getsAllThatTheGatewayCounts(WayToEnd way, boolean client) {
		try (Lane.Ends ends = PAIR.open(way.path())) {
			Wire from = client ? ends.client() : ends.upstream();
			Wire to = client ? ends.upstream() : ends.client();
			String direction = client ? "to-upstream" : "to-client";
			double before = counted(PAIR.gateway(), direction);
			to.receiveBuffer(SMALL);
			byte[] sent = join(way.messages(client), way.behind(client));
			if (way == WayToEnd.HALF_CLOSE) {
				to.fin();
			}
			CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> from.send(sent));
			way.end(PAIR.gateway(), from, sending, sent.length);
			byte[] received = slowly(to, SMALL / 4);
			byte[] own = way.own(client, received);
			assertSame(received, join(Arrays.copyOf(sent, way.delivered(sent, received, own)), own));
			Awaitility.await()
				.untilAsserted(() -> assertThat(counted(PAIR.gateway(), direction) - before)
					.isEqualTo(received.length - own.length));
			Awaitility.await().until(() -> PAIR.gateway().bean(TunnelRegistry.class).open() == 0);
		}
	}

	/**
	 * A peer that takes a little now and then would hold the tunnel for ever.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isCutIfItReadsTooSlowly(boolean client) {
		try (ScriptedUpstream upstreams = ScriptedUpstream.start();
				Gateway gateway = slow(Gateway.with(), upstreams.uri()).limits("stall-time", "500ms")
					.property("switchgate.tunnel.close-rate", "1MB")
					.start();
				Lane.Ends ends = Lane.Ends.open(gateway, "/chat", upstreams)) {
			Wire from = client ? ends.client() : ends.upstream();
			Wire to = client ? ends.upstream() : ends.client();
			to.receiveBuffer(SMALL);
			byte[] sent = WayToEnd.messages(30, client);
			CompletableFuture.runAsync(() -> {
				from.send(sent);
				from.fin();
			});
			int received = 0;
			while (gateway.bean(TunnelRegistry.class).open() > 0) {
				received += to.read(1024).length;
				LockSupport.parkNanos(PAUSE.toNanos());
			}
			assertThat(received + to.rest().length).isLessThan(sent.length);
		}
	}

	private static double counted(Gateway gateway, String direction) {
		return gateway.bean(MeterRegistry.class)
			.find("switchgate.tunnel.bytes")
			.tag("direction", direction)
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

	private static byte[] slowly(Wire reader, int speed) {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		byte[] buffer = new byte[speed];
		for (int length = reader.read(buffer); length >= 0; length = reader.read(buffer)) {
			received.write(buffer, 0, length);
			LockSupport.parkNanos(PAUSE.toNanos());
		}
		return received.toByteArray();
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		List.of(parts).forEach(joined::writeBytes);
		return joined.toByteArray();
	}

	private static void assertSame(byte[] received, byte[] sent) {
		assertThat(received.length).as("bytes received").isEqualTo(sent.length);
		assertThat(Arrays.mismatch(received, sent)).as("first difference").isEqualTo(-1);
	}

}
