package io.switchgate.admin;

import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that answers to operators are made on a thread of their own.
 */
class OperatorThreadTests {

	private static ScriptedUpstream upstreams;

	private static Gateway gateway;

	private static Lane.Ends tunnel;

	@BeforeAll
	static void start() {
		upstreams = ScriptedUpstream.start();
		gateway = Gateway.with().route("chat", upstreams.uri()).start();
		tunnel = Lane.Ends.open(gateway, "/chat", upstreams);
	}

	@AfterAll
	static void stop() {
		tunnel.close();
		gateway.close();
		upstreams.close();
	}

	private static Stream<Arguments> operations() {
		return Stream.of(operation(TunnelsEndpoint.class, OperatorThreadTests::tunnels),
				operation(TunnelsEndpoint.class,
						(endpoint) -> tunnels(endpoint).flatMap((page) -> endpoint.tunnel(page.tunnels().get(0).id()))),
				operation(TunnelsEndpoint.class,
						(endpoint) -> endpoint.closeAll("none", null, null, null, null, null, null, null)),
				operation(HandshakesEndpoint.class,
						(endpoint) -> endpoint.handshakes(null, null, null, null, null, null)),
				operation(ClosesEndpoint.class, ClosesEndpoint::closes),
				operation(DrainEndpoint.class, DrainEndpoint::drains));
	}

	private static Mono<TunnelPage> tunnels(TunnelsEndpoint endpoint) {
		return endpoint.tunnels("chat", null, null, null, null, null, null);
	}

	private static <T> Arguments operation(Class<T> endpoint, Function<T, Mono<?>> operation) {
		return Arguments.of(endpoint.getSimpleName(),
				(Function<Gateway, Mono<?>>) (of) -> operation.apply(of.bean(endpoint)));
	}

	@ParameterizedTest(name = "{0} {index}")
	@MethodSource("operations")
	void answersAreMadeOnTheThreadOfOperators(String endpoint, Function<Gateway, Mono<?>> operation) {
		assertThat(operation.apply(gateway).map((answer) -> Thread.currentThread().getName()).block())
			.startsWith("operators-");
	}

}
