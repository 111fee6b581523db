package io.switchgate.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.journal.Journal;
import io.switchgate.transport.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tunnels that the gateway opens to itself before it is ready.
 */
@ExtendWith(OutputCaptureExtension.class)
class WarmUpGatewayTests {

	private static final Pattern WARMED_UP = Pattern.compile("Warmed up with [1-9]\\d* tunnels of its own");

	private ScriptedUpstream upstream;

	@BeforeEach
	void start() {
		this.upstream = ScriptedUpstream.start();
	}

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	private static Stream<Arguments> gateways() {
		return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
			.flatMap((transport) -> Stream.of(Front.CLEAR, Front.TLS_HTTP2)
				.map((front) -> Arguments.of(transport, front)));
	}

	private Gateway.Builder gateway() {
		return Gateway.with().route("chat", this.upstream.uri()).property("switchgate.warm-up.time", "200ms");
	}

	@ParameterizedTest
	@MethodSource("gateways")
	void showsNowhereButInOneLine(Transport transport, Front front, CapturedOutput output) {
		Assumptions.assumeTrue(transport.isAvailable(), () -> transport + " is not available");
		try (Gateway gateway = gateway().front(front).property("switchgate.transport.type", transport.name()).start()) {
			assertThat(output.getOut()).containsPattern(WARMED_UP)
				.doesNotContain("handshake=")
				.doesNotContain("tunnel=")
				.doesNotContain(" WARN ");
			assertThat(gateway.bean(Journal.class).all()).isEmpty();
			assertThat(Admin.of(gateway).get("prometheus").body().lines())
				.filteredOn((line) -> line.matches("switchgate_(handshake|tunnel|problem|upstream).*"))
				.noneMatch((line) -> line.contains("warm-up"))
				.allMatch((line) -> line.endsWith(" 0.0") || line.endsWith(" 0"));
			try (Lane.Ends ends = Lane.Ends.open(gateway, "/chat", this.upstream)) {
				ends.client().send("after it");
				assertThat(ends.upstream().read(8)).asString().isEqualTo("after it");
			}
		}
	}

	@Test
	void filtersOfTheApplicationDoNotSeeIt() {
		AtomicInteger seen = new AtomicInteger();
		try (Gateway gateway = gateway().filter((exchange, chain) -> {
			seen.incrementAndGet();
			return chain.filter(exchange);
		}).start()) {
			assertThat(seen).hasValue(0);
			Lane.Ends.open(gateway, "/chat", this.upstream).close();
			assertThat(seen).hasValue(1);
		}
	}

	/**
	 * No wait is longer than that for tunnels that do not end: a second.
	 */
	@ParameterizedTest
	@CsvSource({ "switchgate.client.proxy-protocol, true", "switchgate.client.connections-per-address, 1",
			"switchgate.tunnel.limits.message-size, 10B" })
	void doesWithoutItWhereTheGatewayRefusesItsOwnClients(String property, String value) {
		try (Gateway gateway = gateway().property("switchgate.forwarded.trusted", "127.0.0.1")
			.property(property, value)
			.start()) {
			assertThat(Admin.of(gateway).get("health/readiness")).hasStatus(200);
		}
	}

}
