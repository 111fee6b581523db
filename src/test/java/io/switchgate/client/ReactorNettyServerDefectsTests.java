package io.switchgate.client;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.NotSslRecordException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;

import io.switchgate.fixture.Certificates;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Reactor Netty's server without what the gateway does about it.
 */
class ReactorNettyServerDefectsTests {

	private static final String PREFACE = HexFormat.of()
		.formatHex("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

	private static final String SETTINGS = "000000040000000000";

	private static final String SETTINGS_ACK = "000000040100000000";

	private static final String PING = "000008060000000000" + "0000000000000000";

	private static final String PING_ACK = "000008060100000000" + "0000000000000000";

	private static final int MANY = 1500;

	private final LoopResources loops = LoopResources.create("defects", 1, true);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@SuppressWarnings("NullAway.Init")
	private DisposableServer server;

	@BeforeEach
	void listenToTheLog() {
		this.log.list = new CopyOnWriteArrayList<>();
		this.log.start();
		root().addAppender(this.log);
	}

	private static Logger root() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	@AfterEach
	void stop() {
		root().detachAppender(this.log);
		this.server.disposeNow();
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block();
	}

	private Wire connect(HttpServer settings) {
		this.server = settings.host("127.0.0.1")
			.port(0)
			.runOn(this.loops, false)
			.handle((request, response) -> request.receive().then(response.send().then()))
			.bindNow();
		return Wire.connect(this.server.port());
	}

	private static HttpServer http2() {
		return HttpServer.create().protocol(HttpProtocol.H2C, HttpProtocol.HTTP11);
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	private void awaitLogged(Class<? extends Throwable> error, String workaround) {
		Awaitility.await("delete " + workaround)
			.until(() -> this.log.list.stream().anyMatch((event) -> isCausedBy(event, error)));
	}

	private static boolean isCausedBy(ILoggingEvent event, Class<?> error) {
		var thrown = event.getThrowableProxy();
		while (thrown != null && !thrown.getClassName().startsWith(error.getName())) {
			thrown = thrown.getCause();
		}
		return thrown != null;
	}

	@Test
	void reactorNettyAnswersAnyNumberOfPingsAndSettings() {
		try (Wire client = connect(http2())) {
			client.send(bytes(PREFACE + SETTINGS + (PING + SETTINGS).repeat(MANY)));
			assertThatNoException().as("delete AnswerLimit")
				.isThrownBy(() -> client.read(MANY * (PING_ACK + SETTINGS_ACK).length() / 2));
		}
	}

	@Test
	void reactorNettyRefusesABodyWithAnUpgradeToHttp2() {
		try (Wire client = connect(http2())) {
			client.send("""
					POST / HTTP/1.1
					Host: localhost
					Connection: Upgrade, HTTP2-Settings
					Upgrade: h2c
					HTTP2-Settings: AAMAAABkAAQAAP__
					Content-Length: 2

					hi""");
			assertThat(client.head()).as("delete IgnoredUpgrade").startsWith("HTTP/1.1 413 ");
		}
	}

	@Test
	void reactorNettyLogsWhatClientsOfHttp2Break() {
		try (Wire client = connect(http2())) {
			client.send(bytes(PREFACE + SETTINGS + "000001000000000000" + "2a"));
			awaitLogged(Http2Exception.class, "ConnectionErrors");
		}
	}

	@Test
	void reactorNettyLogsWhatIsWrongWithAStream() {
		try (Wire client = connect(http2())) {
			// POST with Content-Length 1 and a longer body.
			client.send(bytes(
					PREFACE + SETTINGS + "000007010400000001" + "838684" + "0f0d0131" + "000002000100000001" + "2a2a"));
			awaitLogged(Http2Exception.class, "StreamGate.exceptionCaught");
		}
	}

	@Test
	void reactorNettyLogsWhoFailsToSpeakTls() {
		SslProvider.GenericSslContextSpec<?> tls = Http2SslContextSpec.forServer(
				new ByteArrayInputStream(Certificates.certificate().getBytes(StandardCharsets.US_ASCII)),
				new ByteArrayInputStream(Certificates.privateKey().getBytes(StandardCharsets.US_ASCII)));
		try (Wire client = connect(HttpServer.create()
			.protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
			.secure((spec) -> spec.sslContext(tls)))) {
			client.send("GET / HTTP/1.1\n\n");
			awaitLogged(NotSslRecordException.class, "TlsFailures");
		}
	}

}
