package io.switchgate.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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

	private static ScriptedUpstream chats;

	private static ScriptedUpstream secure;

	private static Http2Upstream streams;

	private static Gateway gateway;

	@BeforeAll
	static void start() {
		chats = ScriptedUpstream.start();
		secure = ScriptedUpstream.startTls();
		streams = Http2Upstream.start(false);
		gateway = Admin.allowWrites(named(Gateway.with()))
			.route("chat", uri())
			.route("ws", uri().replace("http:", "ws:"))
			.route("own", uri(), "PreserveHostHeader", "StripPrefix=1")
			.route("secure", "https://my_service:" + secure.port())
			.route("stream", streams.uri().replace("localhost", "my_service"), "UpstreamHttpVersion=2")
			.trustUpstream()
			.property("switchgate.problem.show-upstream", "true")
			.start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		chats.close();
		secure.close();
		streams.close();
	}

	private static String uri() {
		return "http://my_service:" + chats.port();
	}

	private static Gateway.Builder named(Gateway.Builder builder) {
		return builder.property("spring.main.sources", NamesConfiguration.class.getName())
			.property("logging.level.switchgate.access", "info");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/chat", "/chat?a=b", "/chat/%20/b" })
	void getsPlainRequests(String target) {
		assertThat(chats.receivedFor(gateway, PLAIN.formatted(target), OK)).startsWith("GET " + target + " HTTP/1.1\n")
			.containsIgnoringCase("\nHost: my_service:" + chats.port() + "\n");
	}

	@Test
	void getsTheHostOfTheClientWhereTheRoutePreservesIt() {
		assertThat(chats.receivedFor(gateway, PLAIN.formatted("/own/a"), OK)).startsWith("GET /a HTTP/1.1\n")
			.containsIgnoringCase("\nHost: test.example.com\n");
		try (OpenTunnel tunnel = OpenTunnel.through(gateway, "/own/a", chats)) {
			assertThat(tunnel.request()).startsWith("GET /a HTTP/1.1\n")
				.containsIgnoringCase("\nHost: test.example.com\n");
		}
	}

	@Test
	void getsTunnelsThatOperatorsFindAndDrainByIt(CapturedOutput output) {
		Admin admin = Admin.of(gateway);
		try (Lane.Ends ends = Lane.Ends.open(gateway, "/chat", chats)) {
			ends.assertRelays();
			assertThat(admin.get("tunnels").body()).contains("\"" + uri() + "\":1");
			String id = admin.get("handshakes").json().path("handshakes").path(0).path("id").asString();
			assertThat(admin.get("handshakes/" + id).body()).contains(uri());
			assertThat(output).contains("upstream=" + uri() + " request=");
			assertThat(admin.post("drain", "{\"upstream\":\"" + uri() + "\"}").status()).isEqualTo(202);
			ends.assertClosed(1001, "Going away");
			try (Wire refused = gateway.connect()) {
				ProblemAnswer.expect(refused.send(Handshakes.request("/chat")), 503, "draining");
			}
			assertThat(admin.delete("drain?upstream=" + uri()).status()).isEqualTo(204);
		}
		Awaitility.await().untilAsserted(() -> assertThat(admin.get("tunnels").json().path("total").asInt()).isZero());
	}

	@Test
	void getsTunnelsOfASchemeOfItsOwn() {
		try (OpenTunnel tunnel = OpenTunnel.through(gateway, "/ws", chats)) {
			assertThat(tunnel.request()).containsIgnoringCase("\nHost: my_service:" + chats.port() + "\n");
			tunnel.assertCarries("hello");
		}
	}

	@Test
	void getsTunnelsOverHttp2() throws IOException {
		try (Wire client = gateway.connect()) {
			client.send(Handshakes.request("/stream"));
			Http2Stream upstream = streams.accept();
			assertThat(((Http2Stream.Head) upstream.next()).headers().authority())
				.hasToString(streams.uri().replace("http://localhost", "my_service"));
			upstream.send(new DefaultHttp2Headers().status("200"), false);
			assertThat(client.head()).startsWith("HTTP/1.1 101 ");
		}
	}

	/**
	 * Java knows no certificate for such a name.
	 */
	@Test
	void isToldApartFromItsCertificate() {
		CompletableFuture<Void> refused = CompletableFuture.runAsync(() -> secure.accept().awaitEnd());
		try (Wire client = gateway.connect()) {
			ProblemAnswer.expect(client.send(PLAIN.formatted("/secure")), 502, "upstream-tls-failed", "my_service");
			refused.join();
		}
	}

	@Test
	void isTakenByAReload(@TempDir Path directory) {
		RouteFile file = new RouteFile(directory).write(RouteFile.yaml(RouteFile.route("chat", chats.uri())));
		try (Gateway reloading = named(file.refreshable()).start()) {
			file.write(RouteFile.yaml(RouteFile.route("chat", uri()), RouteFile.route("usual", "http://my_service")));
			assertThat(RouteFile.refresh(reloading)).contains("\"changed\":[\"chat\"],\"added\":[\"usual\"]");
			assertThat(chats.receivedFor(reloading, PLAIN.formatted("/chat"), OK))
				.containsIgnoringCase("\nHost: my_service:" + chats.port() + "\n");
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
