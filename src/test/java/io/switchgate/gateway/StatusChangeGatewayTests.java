package io.switchgate.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.switchgate.doctor.Doctor;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Front;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Stream;
import io.switchgate.fixture.Http2Upstream;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;
import io.switchgate.journal.HandshakeOutcome;
import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.Journal;
import io.switchgate.tunnel.TunnelRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tunnel opens behind a 101 only: where a filter has the client answered with another
 * status, that answer is plain HTTP and the upstream's connection ends.
 */
class StatusChangeGatewayTests {

	private static final String NEXT = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";

	@AutoClose
	private static final Http2Upstream STREAMS = Http2Upstream.start(false);

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> gateway.front(Front.CLEAR_HTTP2)
			.route("chat", uri)
			.route("forbidden", uri, "SetStatus=403")
			.route("success", uri, "SetStatus=200")
			.route("empty", uri, "SetStatus=204")
			.route("retried", uri, "Retry=1", "SetStatus=503")
			.route("streams", STREAMS.uri(), "UpstreamHttpVersion=2", "SetStatus=403")
			.filter(new LateAnswer()));

	@ParameterizedTest
	@MethodSource("io.switchgate.fixture.Lane#all")
	void answersAsHttpAndClosesTheUpstream(Lane lane) {
		try (Wire client = lane.gateway().connect()) {
			client.send(Handshakes.request("/forbidden-" + lane.path().substring(1), "Sec-WebSocket-Protocol: chat"));
			try (Wire upstream = lane.upstream().accept()) {
				upstream.send(Handshakes.switched(upstream.head()).replace("\n\n", "\nSec-WebSocket-Protocol: chat\n\n")
						+ Frame.asText("hello"));
				assertRefusal(client, "HTTP/1.1 403 Forbidden\n");
				upstream.awaitEnd();
			}
			assertServes(client, lane.path(), lane.upstream());
		}
	}

	private static void assertRefusal(Wire client, String line) {
		assertThat(client.head()).startsWith(line)
			.doesNotContainIgnoringCase("upgrade")
			.doesNotContainIgnoringCase("sec-websocket");
	}

	private static void assertServes(Wire client, String path, ScriptedUpstream upstreams) {
		client.send("GET " + path + "/next HTTP/1.1\nHost: a\n\n");
		try (Wire upstream = upstreams.accept()) {
			assertThat(upstream.head()).startsWith("GET " + path + "/next HTTP/1.1\n");
			upstream.send(NEXT.replace("\n\n", "\nConnection: close\n\n"));
			assertThat(client.head()).startsWith("HTTP/1.1 200 OK\n");
			assertThat(client.text(2)).isEqualTo("ok");
		}
	}

	@ParameterizedTest
	@CsvSource({ "success, HTTP/1.1 200 OK", "empty, HTTP/1.1 204 No Content",
			"chat?before-commit, HTTP/1.1 429 Too Many Requests", "chat?error, HTTP/1.1 409 Conflict",
			"chat?complete, HTTP/1.1 402 Payment Required" })
	void holdsForEveryWayToSetAStatus(String target, String line) {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/" + target));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED.replace("\n\n", "\nContent-Length: 7\n\n"));
				String head = client.head();
				assertThat(head).startsWith(line + "\n")
					.doesNotContainIgnoringCase("upgrade:")
					.doesNotContainIgnoringCase("sec-websocket");
				client.text(head.matches("(?is).*\ncontent-length: \\d+\n.*")
						? Integer.parseInt(head.replaceAll("(?is).*\ncontent-length: (\\d+)\n.*", "$1")) : 0);
				upstream.awaitEnd();
			}
			assertServes(client, "/chat", PAIR.upstream());
		}
	}

	@Test
	void passesTheBodyOfAFilterThatAnswersItself() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/chat?body"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED);
				assertRefusal(client, "HTTP/1.1 503 Service Unavailable\n");
				assertThat(client.text(4)).isEqualTo("busy");
				upstream.awaitEnd();
			}
			assertServes(client, "/chat", PAIR.upstream());
		}
	}

	@Test
	void closesTheUpstreamOfEveryAttempt() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/retried"));
			try (Wire first = PAIR.accept()) {
				first.head();
				first.send(Handshakes.SWITCHED);
				try (Wire second = PAIR.accept()) {
					second.head();
					second.send(Handshakes.SWITCHED);
					assertRefusal(client, "HTTP/1.1 503 Service Unavailable\n");
					first.awaitEnd();
					second.awaitEnd();
				}
			}
			assertServes(client, "/chat", PAIR.upstream());
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void closesTheStreamOfAnUpstreamOverHttp2(boolean http2) throws Exception {
		try (Wire client = PAIR.gateway().to(http2 ? Front.H2C : Front.CLEAR).connect()) {
			client.send(Handshakes.request("/streams"));
			Http2Stream upstream = STREAMS.accept();
			upstream.next();
			upstream.send(new DefaultHttp2Headers().status("200"), false);
			assertRefusal(client, "HTTP/1.1 403 Forbidden\n");
			Http2Stream.Event end = upstream.next();
			while (!end.end() && !(end instanceof Http2Stream.Reset)) {
				end = upstream.next();
			}
			assertServes(client, "/chat", PAIR.upstream());
		}
	}

	@Test
	void letsNoSuccessPassForATunnelOverHttp2() {
		try (Wire client = PAIR.gateway().to(Front.H2C).connect()) {
			client.send(Handshakes.request("/success"));
			try (Wire upstream = PAIR.accept()) {
				upstream.send(Handshakes.switched(upstream.head()));
				ProblemAnswer.expect(client, 502, "success-without-tunnel", "200 (expected: 101");
				upstream.awaitEnd();
			}
			client.send(Handshakes.request("/chat"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 6\n\n<html>");
				ProblemAnswer.expect(client, 502, "success-without-tunnel", "200 (expected: 101");
			}
			assertServes(client, "/chat", PAIR.upstream());
		}
	}

	@Test
	void recordsWhatHappened() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/forbidden/recorded"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED);
				client.head();
				upstream.awaitEnd();
			}
		}
		HandshakeRecord handshake = last("/forbidden/recorded");
		assertThat(handshake.result().status()).isEqualTo(403);
		assertThat(handshake.result().outcome()).isEqualTo(HandshakeOutcome.REJECTED);
		assertThat(handshake.result().cause()).isEqualTo("filter-refused");
		assertThat(Objects.requireNonNull(handshake.client().answer()).line()).isEqualTo("HTTP/1.1 403 Forbidden");
		assertThat(Objects.requireNonNull(Objects.requireNonNull(handshake.upstream()).answer()).line())
			.isEqualTo("HTTP/1.1 101 Switching Protocols");
		assertThat(Doctor.diagnose(handshake).finding().code()).isEqualTo("refused-by-filter");
		assertThat(PAIR.gateway()
			.bean(MeterRegistry.class)
			.get("switchgate.handshakes")
			.tags("route", "forbidden", "outcome", "rejected", "cause", "filter-refused", "status", "403")
			.timer()
			.count()).isPositive();
		assertThat(PAIR.gateway().bean(TunnelRegistry.class).ask(Object::toString).block(Duration.ofSeconds(20)))
			.isEmpty();
	}

	private static HandshakeRecord last(String target) {
		Journal journal = PAIR.gateway().bean(Journal.class);
		return Awaitility.await()
			.until(() -> journal.all()
				.stream()
				.filter((handshake) -> Objects.requireNonNull(handshake.client().request())
					.line()
					.contains(" " + target + " "))
				.findFirst(), Optional::isPresent)
			.orElseThrow();
	}

	/**
	 * Answers as the query says, after the upstream has.
	 */
	private static final class LateAnswer implements GlobalFilter, Ordered {

		@Override
		public int getOrder() {
			return 1;
		}

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
			ServerHttpResponse response = exchange.getResponse();
			String how = Objects.requireNonNullElse(exchange.getRequest().getURI().getQuery(), "");
			return chain.filter(exchange).then(Mono.defer(() -> switch (how) {
				case "before-commit" -> {
					response.beforeCommit(
							() -> Mono.fromRunnable(() -> response.setStatusCode(HttpStatus.TOO_MANY_REQUESTS)));
					yield Mono.empty();
				}
				case "error" -> Mono.error(new ResponseStatusException(HttpStatus.CONFLICT));
				case "complete" -> {
					response.setStatusCode(HttpStatus.PAYMENT_REQUIRED);
					yield response.setComplete();
				}
				case "body" -> {
					response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
					response.getHeaders().setContentLength(4);
					yield response.writeWith(
							Mono.just(response.bufferFactory().wrap("busy".getBytes(StandardCharsets.US_ASCII))));
				}
				default -> Mono.empty();
			}));
		}

	}

}
