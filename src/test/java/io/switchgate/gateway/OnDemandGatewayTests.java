package io.switchgate.gateway;

import java.nio.file.Path;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Filters with a library behind them that no route asked for when the gateway started.
 */
class OnDemandGatewayTests {

	@AutoClose
	private final ScriptedUpstream upstreams = ScriptedUpstream.start();

	private RouteFile file;

	@BeforeEach
	void start(@TempDir Path directory) {
		this.file = new RouteFile(directory);
	}

	@Test
	void aReloadBringsACircuitBreaker() {
		this.file.write(routes());
		try (Gateway gateway = this.file.refreshable().start()) {
			this.file.write(routes("filters: [ CircuitBreaker=chat ]"));
			assertThat(RouteFile.refresh(gateway)).contains("\"changed\":[\"chat\"]");
			try (Wire client = gateway.connect()) {
				client.send(Handshakes.request("/chat"));
				try (Wire upstream = this.upstreams.accept()) {
					upstream.head();
					assertThat(client.head()).startsWith("HTTP/1.1 504 ");
					upstream.awaitEnd();
				}
			}
			assertThat(Admin.of(gateway).get("prometheus").body())
				.contains("resilience4j_circuitbreaker_calls_seconds_count", "name=\"chat\"");
		}
	}

	/**
	 * The limiter lets everybody in who comes while Redis is away, and says so.
	 */
	@Test
	void aReloadBringsARateLimiterWithTheArgumentsOfItsRoute() {
		this.file.write(routes());
		try (Gateway gateway = this.file.refreshable()
			.property("spring.data.redis.host", "127.0.0.1")
			.property("spring.data.redis.port", "1")
			.start()) {
			this.file.write(routes("filters:", "- name: RequestRateLimiter", "  args:",
					"    rate-limiter: \"#{@redisRateLimiter}\"", "    redis-rate-limiter.replenishRate: 7",
					"    redis-rate-limiter.burstCapacity: 11"));
			assertThat(RouteFile.refresh(gateway)).contains("\"changed\":[\"chat\"]");
			try (Wire client = gateway.connect()) {
				client.send(Handshakes.request("/chat"));
				try (Wire upstream = this.upstreams.accept()) {
					upstream.head();
					upstream.send(Handshakes.SWITCHED);
					assertThat(client.head()).startsWith("HTTP/1.1 101 ")
						.contains("X-RateLimit-Remaining: -1\n", "X-RateLimit-Replenish-Rate: 7\n",
								"X-RateLimit-Burst-Capacity: 11\n");
				}
			}
		}
	}

	@Test
	void aReloadSaysWhatIsWrongWithSuchAFilter() {
		this.file.write(routes());
		try (Gateway gateway = this.file.refreshable().start()) {
			this.file.write(routes("filters:", "- name: RequestRateLimiter", "  args:", "    status-code: LATER"));
			assertThat(RouteFile.refresh(gateway)).contains("\"changed\":[]", "RequestRateLimiter", "LATER");
		}
	}

	private String routes(String... more) {
		return RouteFile.yaml(RouteFile.route("chat", this.upstreams.uri(), more));
	}

}
