package io.switchgate.acceptance;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@code RequestRateLimiter} with a real Redis.
 */
@RequiresTool("redis-server")
class RateLimitAcceptanceTests {

	private static final String FILTER = "spring.cloud.gateway.server.webflux.routes[0].filters[0].";

	private static Redis redis;

	private static ScriptedUpstream upstreams;

	private static Gateway gateway;

	/**
	 * Allows one handshake a minute, so the second one is refused even on a slow machine.
	 */
	@BeforeAll
	static void start() {
		redis = Redis.start();
		upstreams = ScriptedUpstream.start();
		gateway = Gateway.with()
			.route("chat", upstreams.uri())
			.property(FILTER + "name", "RequestRateLimiter")
			.property(FILTER + "args.redis-rate-limiter.replenishRate", "1")
			.property(FILTER + "args.redis-rate-limiter.burstCapacity", "60")
			.property(FILTER + "args.redis-rate-limiter.requestedTokens", "60")
			.property("spring.data.redis.host", "127.0.0.1")
			.property("spring.data.redis.port", Integer.toString(redis.port()))
			.start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		upstreams.close();
		redis.close();
	}

	@Test
	void answers429ToTheSecondHandshakeOfAClientAndLeavesItsTunnelAlone() {
		try (Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = upstreams.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED);
				assertThat(client.head()).startsWith("HTTP/1.1 101 ")
					.contains("X-RateLimit-Remaining: 0\n", "X-RateLimit-Replenish-Rate: 1\n",
							"X-RateLimit-Burst-Capacity: 60\n", "X-RateLimit-Requested-Tokens: 60\n");
				refuse();
				assertThat(gateway.channels().upstreams()).as("connections to the upstream").hasSize(1);
				assertCarries(client, upstream);
			}
		}
	}

	private static void refuse() {
		try (Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat"));
			// A handshake costs 60 tokens, and one comes back each second.
			assertThat(client.head()).startsWith("HTTP/1.1 429 ")
				.containsPattern("\nX-RateLimit-Remaining: [1-5]?[0-9]\n");
		}
	}

	private static void assertCarries(Wire client, Wire upstream) {
		client.send("ping");
		assertThat(upstream.text(4)).isEqualTo("ping");
		upstream.send("pong");
		assertThat(client.text(4)).isEqualTo("pong");
	}

}
