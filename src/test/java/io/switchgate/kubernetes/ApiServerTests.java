package io.switchgate.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLHandshakeException;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.switchgate.fixture.Certificates;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests with API servers that are slow, refuse or break the connection.
 */
class ApiServerTests {

	private static final Duration SHORT = Duration.ofMillis(300);

	private static final Duration LONG = Duration.ofSeconds(20);

	private ScriptedUpstream server;

	private Path account;

	@BeforeEach
	void start(@TempDir Path directory) throws IOException {
		this.server = ScriptedUpstream.startTls();
		this.account = directory;
		Files.writeString(directory.resolve("token"), "of-the-test\n");
		Files.writeString(directory.resolve("ca.crt"), Certificates.certificate());
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 200 OK\n", "HTTP/1.1 100 Continue\n\n" })
	void waitsForAnAnswerUpToItsTimeout(String part) {
		try (ApiServer api = api(SHORT)) {
			CompletableFuture<Void> asked = ask(api, "localhost");
			try (Wire wire = this.server.accept()) {
				wire.head();
				wire.send(part);
				assertFails(asked).hasMessage("no answer within 300 ms");
				wire.awaitEnd();
			}
		}
	}

	@Test
	void waitsForTlsUpToItsTimeout() {
		try (ScriptedUpstream silent = ScriptedUpstream.start(); ApiServer api = api(SHORT)) {
			CompletableFuture<Void> asked = ask(api, "localhost", silent.port());
			try (Wire wire = silent.accept()) {
				assertFails(asked).hasMessage("no answer within 300 ms");
				wire.awaitEnd();
			}
		}
	}

	@Test
	void doesNotWaitForTheBodyOfAnAnswer() {
		try (ApiServer api = api(LONG)) {
			CompletableFuture<Void> asked = ask(api, "localhost");
			try (Wire wire = this.server.accept()) {
				wire.head();
				wire.send("HTTP/1.1 200 OK\nContent-Length: 1000000000\n\n{");
				assertThat(asked).succeedsWithin(LONG);
				wire.awaitEnd();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "302 Found", "409 Conflict", "429 Too Many Requests", "500 Internal Server Error" })
	void everythingButASuccessIsARefusal(String status) {
		try (ApiServer api = api(LONG)) {
			CompletableFuture<Void> asked = ask(api, "localhost");
			try (Wire wire = this.server.accept()) {
				wire.head();
				wire.send("HTTP/1.1 " + status + "\nLocation: https://localhost:1/\nContent-Length: 0\n\n");
				assertFails(asked).isInstanceOf(RefusedException.class).hasMessage("HTTP " + status);
			}
		}
	}

	@Test
	void anEndInsteadOfAnAnswerIsAnError() {
		try (ApiServer api = api(LONG)) {
			CompletableFuture<Void> asked = ask(api, "localhost");
			try (Wire wire = this.server.accept()) {
				wire.head();
				wire.reset();
			}
			assertFails(asked).isInstanceOf(IOException.class);
		}
	}

	@Test
	void tellsNothingToAServerOfAnotherName() {
		try (ApiServer api = api(LONG)) {
			assertRefusesTheCertificate(ask(api, "0.0.0.0"));
		}
	}

	@Test
	void tellsNothingToAServerOfAnotherAuthority() throws Exception {
		X509Bundle another = new CertificateBuilder().subject("CN=another")
			.setIsCertificateAuthority(true)
			.buildSelfSigned();
		Files.writeString(this.account.resolve("ca.crt"), another.getCertificatePEM());
		try (ApiServer api = api(LONG)) {
			assertRefusesTheCertificate(ask(api, "localhost"));
		}
	}

	private void assertRefusesTheCertificate(CompletableFuture<Void> asked) {
		try (Wire wire = this.server.accept()) {
			// The alert may be lost, so any error will do.
			assertThatThrownBy(wire::head).isInstanceOf(UncheckedIOException.class);
			assertFails(asked).isInstanceOf(SSLHandshakeException.class);
		}
	}

	@Test
	void failsWithoutATokenOrACertificate() throws IOException {
		try (ApiServer api = api(LONG)) {
			for (String token : new String[] { "", "two\nlines", "caf\u00e9" }) {
				Files.writeString(this.account.resolve("token"), token);
				assertFails(ask(api, "localhost")).hasMessage(this.account.resolve("token") + ": no token");
			}
			Files.delete(this.account.resolve("token"));
			assertFails(ask(api, "localhost")).hasMessage(this.account.resolve("token") + ": no token");
			Files.delete(this.account.resolve("ca.crt"));
			assertFails(ask(api, "localhost"))
				.hasMessage(this.account.resolve("ca.crt") + ": no certificate of an authority");
		}
	}

	private ApiServer api(Duration timeout) {
		return new ApiServer(new ServiceAccount(this.account), timeout);
	}

	private CompletableFuture<Void> ask(ApiServer api, String host) {
		return ask(api, host, this.server.port());
	}

	private CompletableFuture<Void> ask(ApiServer api, String host, int port) {
		return api.patch(URI.create("https://" + host + ":" + port + "/api"), "{}").toFuture();
	}

	private static AbstractThrowableAssert<?, ?> assertFails(CompletableFuture<Void> asked) {
		return assertThatThrownBy(() -> asked.get(LONG.toSeconds(), TimeUnit.SECONDS)).cause();
	}

}
