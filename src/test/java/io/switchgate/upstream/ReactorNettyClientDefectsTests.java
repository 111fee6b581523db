package io.switchgate.upstream;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http2SettingsSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;

import io.switchgate.fixture.Certificates;
import io.switchgate.fixture.Http2Upstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The HTTP client without what the gateway does about it.
 */
class ReactorNettyClientDefectsTests {

	private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	private final LoopResources loops = LoopResources.create("defects", 1, true);

	private final ConnectionProvider pool = ConnectionProvider.create("defects", 1);

	private final HttpClient client = HttpClient.create(this.pool).runOn(this.loops, false);

	private ServerSocket upstream;

	@BeforeEach
	void start() throws IOException {
		this.upstream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		this.upstream.setSoTimeout((int) DEADLINE.toMillis());
	}

	@AfterEach
	void stop() throws IOException {
		this.upstream.close();
		this.pool.disposeLater().block(Duration.ofSeconds(5));
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block();
	}

	private static CompletableFuture<Integer> status(HttpClient client, String uri) {
		return client.get().uri(uri).responseSingle((response, body) -> Mono.just(response.status().code())).toFuture();
	}

	private void assertTakes(String answer, int status, String workaround) throws IOException {
		CompletableFuture<Integer> taken = status(this.client, "http://127.0.0.1:" + this.upstream.getLocalPort());
		try (Wire wire = new Wire(this.upstream.accept())) {
			wire.head();
			wire.send(answer);
			assertThat(taken).as("delete %s", workaround).succeedsWithin(DEADLINE).isEqualTo(status);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 102, 103 })
	void clientTakesAnInformationalAnswerForTheFinalOne(int status) throws IOException {
		assertTakes("HTTP/1.1 " + status + " Wait\n\nHTTP/1.1 200 OK\nContent-Length: 0\n\n", status,
				"UpstreamExchange.isInformational");
	}

	@Test
	void clientTakesA101ThatItDidNotAskFor() throws IOException {
		assertTakes("HTTP/1.1 101 Switching Protocols\nUpgrade: other\nConnection: Upgrade\n\n", 101,
				"UpstreamExchange.check");
	}

	@Test
	void clientTakesAStatusOfFourDigits() throws IOException {
		assertTakes("HTTP/1.1 1000 Odd\nContent-Length: 0\n\n", 1000, "UpstreamExchange.check");
	}

	@Test
	void clientAddsHeadersOfItsOwn() throws Exception {
		status(this.client, "http://127.0.0.1:" + this.upstream.getLocalPort());
		try (Wire wire = new Wire(this.upstream.accept())) {
			assertThat(wire.head()).as("delete UpstreamDialer.dropInvented")
				.containsIgnoringCase("\nuser-agent: ReactorNetty")
				.containsIgnoringCase("\naccept: ");
		}
	}

	@Test
	void clientHasNoSettingForTheVersionOfARequest() {
		assertThat(Arrays.stream(HttpClientRequest.class.getMethods())
			.flatMap((method) -> Arrays.stream(method.getParameterTypes()))).as("delete UpstreamExchange.version")
			.doesNotContain(HttpVersion.class);
	}

	/**
	 * An alert of TLS, and the first frame of an HTTP/2 server.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "15030300020246", "000000040000000000" })
	void codecSaysOfAnotherProtocolThatALineEndIsMissing(String answer) {
		EmbeddedChannel channel = new EmbeddedChannel(new HttpClientCodec());
		channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(answer)));
		HttpResponse response = channel.readInbound();
		assertThat(response.decoderResult().cause()).as("delete ForeignAnswer, if this names the protocol")
			.hasMessageContaining("Line Feed must be preceded by Carriage Return");
		ReferenceCountUtil.release(response);
		channel.finishAndReleaseAll();
	}

	@Test
	void clientTakesAnInformationalAnswerForTheFinalOneOverHttp2() throws Exception {
		try (Http2Upstream streams = Http2Upstream.start(false)) {
			CompletableFuture<Integer> status = status(this.client.protocol(HttpProtocol.H2C), streams.uri());
			streams.accept().send(new DefaultHttp2Headers().status("103"), false);
			assertThat(status).as("delete it in UpstreamStream.channelRead").succeedsWithin(DEADLINE).isEqualTo(103);
		}
	}

	@Test
	void clientSpeaksHttp2ToAServerThatDidNotChooseIt() throws Exception {
		SslProvider.GenericSslContextSpec<?> tls = Http2SslContextSpec.forClient()
			.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE));
		try (ServerSocket server = Certificates.context()
			.getServerSocketFactory()
			.createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			server.setSoTimeout((int) DEADLINE.toMillis());
			status(this.client.protocol(HttpProtocol.H2).secure((spec) -> spec.sslContext(tls)),
					"https://localhost:" + server.getLocalPort());
			try (Wire wire = new Wire(server.accept())) {
				assertThat(wire.input().readNBytes(PREFACE.length())).as("delete the check of ALPN in SharedConnection")
					.asString(StandardCharsets.US_ASCII)
					.isEqualTo(PREFACE);
			}
		}
	}

	@Test
	void clientHasNoSettingForPushes() {
		assertThat(Arrays.stream(Http2SettingsSpec.Builder.class.getMethods()).map(Method::getName))
			.as("delete pushEnabled in SharedConnection")
			.noneMatch((name) -> name.toLowerCase(Locale.ROOT).contains("push"));
	}

}
