package io.switchgate.gateway;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handshakes that go straight to the routes, and those that go the way of all requests
 * because a controller comes before the routes. Clients see no difference.
 */
class HandshakePathGatewayTests {

	private static final Map<Way, Gateway> GATEWAYS = new EnumMap<>(Way.class);

	private static ScriptedUpstream upstream;

	@BeforeAll
	static void start() {
		upstream = ScriptedUpstream.start();
		for (Way way : Way.values()) {
			Gateway.Builder gateway = Gateway.with()
				.route("chat", upstream.uri())
				.route("gone", ScriptedUpstream.gone())
				.property("spring.cloud.gateway.server.webflux.globalcors.cors-configurations.[/**].allowed-origins",
						"https://good.example")
				.bean(new Mark())
				.bean(new Translation());
			if (way == Way.FULL) {
				gateway.bean(controller());
			}
			GATEWAYS.put(way, gateway.start());
		}
	}

	private static RouterFunction<ServerResponse> controller() {
		return RouterFunctions.route()
			.GET("/controller", (request) -> ServerResponse.status(HttpStatus.CONFLICT).build())
			.build();
	}

	@AfterAll
	static void stop() {
		GATEWAYS.values().forEach(Gateway::close);
		GATEWAYS.clear();
		upstream.close();
	}

	@ParameterizedTest
	@EnumSource
	void opensTunnels(Way way) {
		Gateway gateway = gateway(way);
		long observed = observed(gateway);
		try (Lane.Ends ends = Lane.Ends.open(gateway, "/chat", upstream)) {
			ends.client().send("to the upstream");
			assertThat(ends.upstream().read(15)).asString().isEqualTo("to the upstream");
		}
		if (way == Way.FULL) {
			Awaitility.await().until(() -> observed(gateway) == observed + 1);
		}
		else {
			assertThat(observed(gateway)).isEqualTo(observed);
		}
	}

	@ParameterizedTest
	@EnumSource
	void passesRefusalsOfTheUpstreamOn(Way way) {
		try (Wire client = gateway(way).connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire accepted = upstream.accept()) {
				accepted.head();
				accepted.send("HTTP/1.1 403 Forbidden\nX-From: upstream\nContent-Length: 2\n\nno");
				assertThat(client.head()).startsWith("HTTP/1.1 403 ").contains("X-From: upstream");
				assertThat(client.read(2)).asString().isEqualTo("no");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void explainsFailures(Way way) {
		Gateway gateway = gateway(way);
		expectProblem(gateway, Handshakes.request("/nowhere"), 404, "\"title\":\"Not Found\"");
		expectProblem(gateway, Handshakes.request("/gone"), 502, "problem:upstream-refused");
		expectProblem(gateway, Handshakes.request("/chat").replace("Version: 13", "Version: 12"), 426,
				"problem:version-unsupported");
	}

	private static void expectProblem(Gateway gateway, String request, int status, String part) {
		try (Wire client = gateway.connect()) {
			client.send(request);
			ProblemAnswer.expect(client, status, part);
		}
	}

	@ParameterizedTest
	@EnumSource
	void refusesOriginsThatCorsDoesNotAllow(Way way) {
		try (Wire client = gateway(way).connect()) {
			client.send(Handshakes.request("/chat").replace("Host:", "Origin: https://bad.example\nHost:"));
			assertThat(client.head()).startsWith("HTTP/1.1 403 ");
		}
	}

	@ParameterizedTest
	@EnumSource
	void goesThroughFiltersAndErrorHandlersOfTheApplication(Way way) {
		Gateway gateway = gateway(way);
		try (Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat?refuse"));
			assertThat(client.head()).startsWith("HTTP/1.1 402 ");
		}
		try (Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat?fail"));
			assertThat(client.head()).startsWith("HTTP/1.1 409 ").contains("X-Mark: seen");
		}
		try (Wire client = gateway.connect()) {
			client.send(Handshakes.request("/chat"));
			try (Wire accepted = upstream.accept()) {
				accepted.head();
				accepted.send(Handshakes.SWITCHED);
				assertThat(client.head()).startsWith("HTTP/1.1 101 ").contains("X-Mark: seen");
			}
		}
	}

	private static Gateway gateway(Way way) {
		return Objects.requireNonNull(GATEWAYS.get(way));
	}

	private static long observed(Gateway gateway) {
		return gateway.bean(MeterRegistry.class)
			.find("http.server.requests")
			.tag("status", "101")
			.timers()
			.stream()
			.mapToLong((timer) -> timer.count())
			.sum();
	}

	private enum Way {

		SHORT, FULL

	}

	/**
	 * Filter of an application.
	 */
	private static final class Mark implements WebFilter {

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
			exchange.getResponse().getHeaders().set("X-Mark", "seen");
			if (exchange.getRequest().getQueryParams().containsKey("refuse")) {
				exchange.getResponse().setStatusCode(HttpStatus.PAYMENT_REQUIRED);
				return exchange.getResponse().setComplete();
			}
			return exchange.getRequest().getQueryParams().containsKey("fail")
					? Mono.error(new IllegalStateException("asked for")) : chain.filter(exchange);
		}

	}

	/**
	 * Error handler of an application.
	 */
	private static final class Translation implements WebExceptionHandler, Ordered {

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
			if (!(error instanceof IllegalStateException)) {
				return Mono.error(error);
			}
			exchange.getResponse().setStatusCode(HttpStatus.CONFLICT);
			return exchange.getResponse().setComplete();
		}

	}

}
