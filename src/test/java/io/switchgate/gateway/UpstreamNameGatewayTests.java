package io.switchgate.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.switchgate.fixture.Admin;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Http2Stream;
import io.switchgate.fixture.Http2Upstream;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An upstream whose name has an underscore, as in a network of Docker Compose.
 */
@ExtendWith(OutputCaptureExtension.class)
class UpstreamNameGatewayTests {

	private static final String PLAIN = "GET %s HTTP/1.1\nHost: test.example.com\n\n";

	private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";

	@AutoClose
	private static final ScriptedUpstream SECURE = ScriptedUpstream.startTls();

	@AutoClose
	private static final Http2Upstream STREAMS = Http2Upstream.start(false);

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> Admin.allowWrites(named(gateway))
			.route("chat", uri())
			.route("ws", uri().replace("http:", "ws:"))
			.route("own", uri(), "PreserveHostHeader", "StripPrefix=1")
			.route("secure", "https://my_service:" + SECURE.port())
			.route("stream", STREAMS.uri().replace("localhost", "my_service"), "UpstreamHttpVersion=2")
			.trustUpstream()
			.property("switchgate.problem.show-upstream", "true"));

	private static String uri() {
		return "http://my_service:" + PAIR.upstream().port();
	}

	private static Gateway.Builder named(Gateway.Builder builder) {
		return builder.property("spring.main.sources", NamesConfiguration.class.getName())
			.property("logging.level.switchgate.access", "info");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/chat", "/chat?a=b", "/chat/%20/b" })
	void getsPlainRequests(String target) {
		assertThat(PAIR.receivedFor(PLAIN.formatted(target), OK)).startsWith("GET " + target + " HTTP/1.1\n")
			.containsIgnoringCase("\nHost: my_service:" + PAIR.upstream().port() + "\n");
	}

	@Test
	void getsTheHostOfTheClientWhereTheRoutePreservesIt() {
		assertThat(PAIR.receivedFor(PLAIN.formatted("/own/a"), OK)).startsWith("GET /a HTTP/1.1\n")
			.containsIgnoringCase("\nHost: test.example.com\n");
		try (OpenTunnel tunnel = OpenTunnel.through(PAIR, "/own/a")) {
			assertThat(tunnel.request()).startsWith("GET /a HTTP/1.1\n")
				.containsIgnoringCase("\nHost: test.example.com\n");
		}
	}

	@Test
	void getsTunnelsThatOperatorsFindAndDrainByIt(CapturedOutput output) {
		try (Lane.Ends ends = PAIR.open("/chat")) {
			ends.assertRelays();
			assertThat(PAIR.admin().tunnels("").byUpstream()).containsEntry(uri(), 1);
			assertThat(PAIR.admin().newestHandshake()).hasUpstream(uri());
			assertThat(output).contains("upstream=" + uri() + " request=");
			assertThat(PAIR.admin().post("drain", "{\"upstream\":\"" + uri() + "\"}")).hasStatus(202);
			ends.assertClosed(1001, "Going away");
			try (Wire refused = PAIR.connect()) {
				ProblemAnswer.expect(refused.send(Handshakes.request("/chat")), 503, "draining");
			}
			assertThat(PAIR.admin().delete("drain?upstream=" + uri())).hasStatus(204);
		}
		PAIR.admin().awaitNoTunnels();
	}

	@Test
	void getsTunnelsOfASchemeOfItsOwn() {
		try (OpenTunnel tunnel = OpenTunnel.through(PAIR, "/ws")) {
			assertThat(tunnel.request()).containsIgnoringCase("\nHost: my_service:" + PAIR.upstream().port() + "\n");
			tunnel.assertCarries("hello");
		}
	}

	@Test
	void getsTunnelsOverHttp2() throws IOException {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/stream"));
			Http2Stream upstream = STREAMS.accept();
			assertThat(((Http2Stream.Head) upstream.next()).headers().authority())
				.hasToString(STREAMS.uri().replace("http://localhost", "my_service"));
			upstream.send(new DefaultHttp2Headers().status("200"), false);
			assertThat(client.head()).startsWith("HTTP/1.1 101 ");
		}
	}

	/**
	 * Java knows no certificate for such a name.
	 */
	@Test
	void isToldApartFromItsCertificate() {
		CompletableFuture<Void> refused = CompletableFuture.runAsync(() -> SECURE.accept().awaitEnd());
		try (Wire client = PAIR.connect()) {
			ProblemAnswer.expect(client.send(PLAIN.formatted("/secure")), 502, "upstream-tls-failed", "my_service");
			refused.join();
		}
	}

	@Test
	void isTakenByAReload(@TempDir Path directory) {
		RouteFile file = new RouteFile(directory).write(RouteFile.yaml(RouteFile.route("chat", PAIR.upstream().uri())));
		try (Gateway reloading = named(file.refreshable()).start()) {
			file.write(RouteFile.yaml(RouteFile.route("chat", uri()), RouteFile.route("usual", "http://my_service")));
			assertThat(RouteFile.refresh(reloading)).contains("\"changed\":[\"chat\"],\"added\":[\"usual\"]");
			assertThat(PAIR.upstream().receivedFor(reloading, PLAIN.formatted("/chat"), OK))
				.containsIgnoringCase("\nHost: my_service:" + PAIR.upstream().port() + "\n");
		}
	}

	/**
	 * A line in {@code /etc/hosts}.
	 */
	@Configuration(proxyBeanMethods = false)
	static class NamesConfiguration {

		@Bean
		HttpClientCustomizer names() {
			Set<String> names = Set.of("localhost", "my_service");
			return (client) -> client.resolver((spec) -> spec.hostsFileEntriesResolver(
					(name, types) -> names.contains(name) ? InetAddress.getLoopbackAddress() : null));
		}

	}

}
