package io.switchgate.probe;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Certificates;
import io.switchgate.fixture.Frame;
import io.switchgate.fixture.RunningProbe;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the command against upstreams that answer correctly, wrongly or not at all.
 */
class ProbeCommandTests {

	@TempDir
	private Path directory;

	private ScriptedUpstream upstream;

	@BeforeEach
	void start() {
		this.upstream = ScriptedUpstream.start();
	}

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	private String url() {
		return "ws://localhost:" + this.upstream.port() + "/ws";
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "HTTP/1.1 403 Forbidden~~ | * times", "HTTP/1.1 302 Found~Location: /login?t=(hidden)~~ | 302",
					"HTTP/1.1 200 OK~~ | 200", "HTTP/1.1 426 Upgrade Required~Upgrade: websocket~~ | 426",
					"SSH-2.0-OpenSSH~ | * the answer is not as HTTP/1.1 asks: no HTTP: it begins with SSH-2.0-OpenSSH",
					"HTTP/1.1 101 Switching Protocols~Upgrade: websocket~Connection: Upgrade~~ | * 101 whose",
					"HTTP/1.1 101 Switching Protocols~Connection: Upgrade~~ | * 101 without Upgrade: websocket" })
	void anAnswerThatOpensNoTunnelIsStatus1(String answer, String printed) throws Exception {
		RunningProbe probe = RunningProbe.start(url());
		try (Wire wire = this.upstream.accept()) {
			wire.head();
			wire.send(answer.replace('~', '\n'));
			wire.fin();
			assertThat(probe.awaitStatus(1)).contains(printed);
		}
	}

	@Test
	void noAnswerIsStatus1() throws Exception {
		RunningProbe probe = RunningProbe.start(url(), "--timeout", "200ms");
		try (Wire wire = this.upstream.accept()) {
			wire.head();
			assertThat(probe.awaitStatus(1)).contains("\n* no answer within 200 ms\n");
			wire.awaitEnd();
		}
	}

	@Test
	void anIncompleteAnswerIsStatus1() throws Exception {
		RunningProbe probe = RunningProbe.start(url(), "--timeout", "300ms");
		try (Wire wire = this.upstream.accept()) {
			wire.head();
			wire.send("HTTP/1.1 101 Switching Protocols\nUpg");
			assertThat(probe.awaitStatus(1)).contains("\n* no answer within 300 ms\n");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aConnectionThatEndsIsStatus1(boolean reset) throws Exception {
		RunningProbe probe = RunningProbe.start(url());
		try (Wire wire = this.upstream.accept()) {
			wire.head();
			if (reset) {
				wire.reset();
			}
			else {
				wire.fin();
			}
			assertThat(probe.awaitStatus(1)).contains(reset ? "Connection reset" : "ended after 0 bytes of an answer");
		}
	}

	@Test
	void a404IsAskedAgainWithoutAnUpgrade() throws Exception {
		assertThat(plainAfter404("HTTP/1.1 404 Not Found\n\n")).contains("\n* a plain GET of the same path: 404 Not "
				+ "Found too: nothing is at this path, or what is there got the upgrade as a plain request\n");
		assertThat(plainAfter404("HTTP/1.1 405 Method Not Allowed\n\n")).contains("\n* a plain GET of the same path: "
				+ "405 Method Not Allowed, so that the path is there, for plain requests\n");
	}

	private String plainAfter404(String answer) throws Exception {
		RunningProbe probe = RunningProbe.start(url(), "--header", "Cookie: s3", "--subprotocol", "chat");
		try (Wire wire = this.upstream.accept()) {
			wire.head();
			wire.send("HTTP/1.1 404 Not Found\n\n");
			try (Wire plain = this.upstream.accept()) {
				assertThat(plain.head()).startsWith("GET /ws HTTP/1.1\nHost: localhost:")
					.contains("\nConnection: close\n", "\nCookie: s3\n")
					.doesNotContain("Upgrade", "Sec-WebSocket");
				plain.send(answer);
				return probe.awaitStatus(1);
			}
		}
	}

	@Test
	void headersAreAddedReplacedAndTakenAway() throws Exception {
		RunningProbe probe = RunningProbe.start(url(), "--header", "Origin: https://a.example", "--header",
				"host: b.example", "--header", "Upgrade:", "--header", "X: 1", "--header", "X: 2");
		try (Wire wire = this.upstream.accept()) {
			assertThat(wire.head()).startsWith("GET /ws HTTP/1.1\nhost: b.example\n")
				.contains("\nOrigin: https://a.example\nX: 1\nX: 2\n")
				.doesNotContain("Upgrade:", "Host:");
			wire.send("HTTP/1.1 400 Bad Request\n\n");
			probe.awaitStatus(1);
		}
	}

	@Test
	void viaConnectsToAnotherAddress() throws Exception {
		RunningProbe probe = RunningProbe.start("ws://chat.invalid/ws", "--via", "127.0.0.1:" + this.upstream.port());
		try (Wire wire = this.upstream.accept()) {
			assertThat(wire.head()).startsWith("GET /ws HTTP/1.1\nHost: chat.invalid\n");
			wire.send("HTTP/1.1 400 Bad Request\n\n");
			assertThat(probe.awaitStatus(1))
				.startsWith("* ws://chat.invalid/ws: connected to 127.0.0.1:" + this.upstream.port() + "\n");
		}
	}

	@Test
	void secretsAreNotPrinted() throws Exception {
		RunningProbe probe = RunningProbe.start(url() + "?token=s3cr3t", "--header", "Authorization: Bearer s3cr3t",
				"--header", "Cookie: sid=s3cr3t", "--header", "X-Api-Key: s3cr3t", "--subprotocol",
				"chat,s3cr3t.4711.token");
		try (Wire wire = this.upstream.accept()) {
			assertThat(wire.head()).contains("token=s3cr3t", "Bearer s3cr3t", "sid=s3cr3t", "s3cr3t.4711.token");
			wire.send("HTTP/1.1 302 Found\nSet-Cookie: sid=s3cr3t\nLocation: https://u:s3cr3t@a/?t=s3cr3t\n\n");
			assertThat(probe.awaitStatus(1)).doesNotContain("s3cr3t", "4711")
				.contains("> GET /ws?token=(hidden) HTTP/1.1", "> Cookie: (hidden)",
						"> Sec-WebSocket-Protocol: chat, " + "(hidden)", "< Location: https://(hidden)@a/?t=(hidden)");
		}
	}

	@Test
	void whatAServerSendsDoesNotReachTheTerminalRaw() throws Exception {
		RunningProbe probe = RunningProbe.start(url());
		try (Wire wire = this.upstream.accept()) {
			wire.head();
			wire.send("HTTP/1.1 400 \u001b[31m\nX: \u001b[2J\n\n");
			assertThat(probe.awaitStatus(1)).contains("< HTTP/1.1 400 \\x1b[31m\n< X: \\x1b[2J\n")
				.doesNotContain("\u001b");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "--timeout=5s", "--cacert=another.pem" })
	void tlsNeedsTrust(String option) throws Exception {
		X509Bundle another = new CertificateBuilder().subject("CN=another")
			.setIsCertificateAuthority(true)
			.buildSelfSigned();
		Path file = Files.writeString(this.directory.resolve("another.pem"), another.getCertificatePEM());
		try (ScriptedUpstream tls = ScriptedUpstream.startTls()) {
			RunningProbe refused = RunningProbe.start("wss://localhost:" + tls.port() + "/ws",
					option.replace(file.getFileName().toString(), file.toString()));
			try (Wire wire = tls.accept()) {
				wire.awaitEnd();
			}
			assertThat(refused.awaitStatus(3)).contains("unable to find valid certification path");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "--insecure", "--cacert=localhost.pem" })
	void tlsTrustsWhomItIsTold(String option) throws Exception {
		Path file = Files.writeString(this.directory.resolve("localhost.pem"),
				"of the test\n" + Certificates.certificate());
		try (ScriptedUpstream tls = ScriptedUpstream.startTls()) {
			RunningProbe probe = RunningProbe.start("wss://localhost:" + tls.port() + "/ws",
					option.replace(file.getFileName().toString(), file.toString()), "--timeout", "5s", "--message",
					"hi");
			try (Wire wire = tls.accept()) {
				RunningProbe.accept(wire);
				wire.frame();
				wire.send(Frame.text("early").bytes());
				wire.frame();
				wire.send(Frame.text("hi").bytes());
				wire.frame();
				wire.send(Frame.close(1000, "").bytes());
				assertThat(probe.awaitStatus(0)).contains(", TLSv1.3, TLS_", ", TLS ");
			}
		}
	}

	@Test
	void tlsToAClearPortIsStatus3() throws Exception {
		RunningProbe probe = RunningProbe.start("wss://localhost:" + this.upstream.port() + "/ws");
		try (Wire wire = this.upstream.accept()) {
			wire.send("HTTP/1.1 400 Bad Request\n\n");
			assertThat(probe.awaitStatus(3)).contains("Unsupported or unrecognized SSL message");
		}
	}

	@Test
	void tlsThatDoesNotAnswerIsStatus3() throws Exception {
		RunningProbe probe = RunningProbe.start("wss://localhost:" + this.upstream.port() + "/ws", "--timeout",
				"200ms");
		try (Wire wire = this.upstream.accept()) {
			assertThat(probe.awaitStatus(3)).contains("no TLS handshake with localhost:", " within 200 ms");
			wire.awaitEnd();
		}
	}

	@Test
	void aRefusedConnectionIsStatus3() throws Exception {
		int port = this.upstream.port();
		this.upstream.close();
		assertThat(RunningProbe.start("ws://localhost:" + port + "/").awaitStatus(3)).doesNotContain(">")
			.contains(": not connected\n", "127.0.0.1:" + port + " (Connection refused)");
	}

	@Test
	void aNameWithoutAnAddressIsStatus3() throws Exception {
		assertThat(RunningProbe.start("ws://nobody.invalid/").awaitStatus(3))
			.contains("\n* nobody.invalid has no address\n");
	}

	@Test
	void aConnectionThatNobodyAcceptsIsStatus3() throws Exception {
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Wire first = Wire.connect(full.getLocalPort());
				Wire second = Wire.connect(full.getLocalPort())) {
			// Linux accepts one connection more than the backlog.
			assertThat(first).isNotSameAs(second);
			assertThat(RunningProbe.start("ws://127.0.0.1:" + full.getLocalPort() + "/", "--timeout", "300ms")
				.awaitStatus(3)).contains("\n* no connection to 127.0.0.1:", " within 300 ms\n");
		}
	}

	@Test
	void misuseIsStatus2() throws Exception {
		assertThat(RunningProbe.start("ws://a", "-k").awaitStatus(2)).startsWith("option: -k (expected: one of ");
	}

	@Test
	void helpIsStatus0() throws Exception {
		assertThat(RunningProbe.start("--help").awaitStatus(0)).startsWith("probe ws://host[:port]/path [options]\n");
	}

}
