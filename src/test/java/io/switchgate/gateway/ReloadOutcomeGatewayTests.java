package io.switchgate.gateway;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.ScriptedUpstream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reload is reported as what became of it.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReloadOutcomeGatewayTests {

	private static final String VALID = "switchgate_routes_valid";

	private static final String RELOADS = "switchgate_routes_reloads_total{outcome=\"%s\"}";

	@AutoClose
	private final ScriptedUpstream upstreams = ScriptedUpstream.start();

	private RouteFile file;

	@BeforeEach
	void start(@TempDir Path directory) {
		this.file = new RouteFile(directory);
	}

	@Test
	void anotherOrderIsAChange(CapturedOutput output) {
		String one = route("one", "filters: [ \"AddRequestHeader=X-Route, one\" ]").replace("/one/**", "/any");
		String two = route("two", "filters: [ \"AddRequestHeader=X-Route, two\" ]").replace("/two/**", "/any");
		this.file.write(RouteFile.yaml(one, two));
		try (Gateway gateway = this.file.refreshable().start()) {
			this.file.write(RouteFile.yaml(two, one));
			assertThat(RouteFile.refresh(gateway))
				.endsWith("{\"changed\":[],\"added\":[],\"removed\":[],\"reordered\":true,\"errors\":[]}");
			assertThat(output).contains("Changed: order of the routes");
			Admin.of(gateway).awaitMeter(RELOADS.formatted("changed"), 1);
			try (OpenTunnel tunnel = open(gateway, "/any")) {
				assertThat(tunnel.request()).contains("\nX-Route: two\n");
			}
		}
	}

	/**
	 * One of them fails after the check, as does one whose certificate has gone just now.
	 */
	@Test
	void routesThatCannotBeBuiltLeaveTheOldOnes(CapturedOutput output) {
		this.file.write(RouteFile.yaml(route("chat")));
		try (Gateway gateway = this.file.refreshable()
			.property("spring.main.sources", FickleConfiguration.class.getName())
			.start(); OpenTunnel chat = open(gateway, "/chat")) {
			Admin admin = Admin.of(gateway);
			this.file.write(
					RouteFile.yaml(route("new", "filters: [ Fickle ]"), route("chat", "metadata: { on-change: cut }")));
			FickleConfiguration.BUILDS.set(1);
			assertThat(RouteFile.refresh(gateway)).startsWith("HTTP/1.1 422 ")
				.contains("\"changed\":[],\"added\":[],", "the old ones serve: route new, filter Fickle: gone");
			admin.awaitMeter(VALID, 0);
			admin.awaitMeter(RELOADS.formatted("failed"), 1);
			assertThat(admin.meter(RELOADS.formatted("changed"))).isNaN();
			assertThat(output).containsOnlyOnce("ERROR").doesNotContain("Added: ", "\tat ");
			chat.assertCarries("still there");
			open(gateway, "/chat").close();
			FickleConfiguration.BUILDS.set(Integer.MAX_VALUE);
			assertThat(RouteFile.refresh(gateway)).contains("\"changed\":[\"chat\"],\"added\":[\"new\"]");
			open(gateway, "/new").close();
			admin.awaitMeter(VALID, 1);
			chat.awaitEnd();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a: &a [ *a ]", "a: &a { b: *a }", "a: &a [ *b ]" })
	void theWatchSurvivesAFileThatContainsItself(String hostile, CapturedOutput output) {
		this.file.write(RouteFile.yaml(route("chat")));
		try (Gateway gateway = this.file.watchedEvery("20ms").start()) {
			Admin admin = Admin.of(gateway);
			this.file.write(RouteFile.yaml(route("chat")) + hostile + "\n");
			admin.awaitMeter(RELOADS.formatted("failed"), (count) -> count >= 1);
			admin.awaitMeter(VALID, 0);
			assertThat(output).contains("Configuration not taken: ").doesNotContain("\tat ");
			open(gateway, "/chat").close();
			this.file.write(RouteFile.yaml(route("new")));
			admin.awaitMeter(VALID, 1);
			open(gateway, "/new").close();
		}
	}

	private String route(String id, String... more) {
		return RouteFile.route(id, this.upstreams.uri(), more);
	}

	private OpenTunnel open(Gateway gateway, String path) {
		return OpenTunnel.through(gateway, path, this.upstreams);
	}

	/**
	 * A filter that can be built so many times.
	 */
	@Configuration(proxyBeanMethods = false)
	static class FickleConfiguration {

		private static final AtomicInteger BUILDS = new AtomicInteger();

		@Bean
		GatewayFilterFactory<Object> fickle() {
			return new AbstractGatewayFilterFactory<>() {

				@Override
				public String name() {
					return "Fickle";
				}

				@Override
				public GatewayFilter apply(Object config) {
					if (BUILDS.getAndDecrement() <= 0) {
						throw new IllegalStateException("gone");
					}
					return (exchange, chain) -> chain.filter(exchange);
				}

			};
		}

	}

}
