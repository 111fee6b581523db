package io.switchgate.gateway;

import java.util.Objects;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ProblemAnswer;
import io.switchgate.fixture.ScriptedUpstream;
import io.switchgate.fixture.Wire;
import io.switchgate.journal.HandshakeOutcome;
import io.switchgate.journal.HandshakeRecord;
import io.switchgate.journal.Header;
import io.switchgate.journal.HeaderBlock;
import io.switchgate.journal.Journal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the gateway keeps of handshakes.
 */
class JournalGatewayTests {

	private static final String GONE = ScriptedUpstream.gone();

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> gateway.route("chat", uri).route("gone", GONE));

	@Test
	void keepsAllFourHeads() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/chat?a=b").replace("Host:", "X-Odd: 1\nx-odd: 2\nHost:"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send(Handshakes.SWITCHED.replace("\n\n", "\nX-From: upstream\n\n"));
				client.head();
				HandshakeRecord handshake = last("/chat?a=(hidden)");
				assertThat(handshake.result().outcome()).isEqualTo(HandshakeOutcome.SWITCHED);
				assertThat(handshake.result().route()).isEqualTo("chat");
				assertThat(handshake.times().dial()).isPositive();
				assertThat(handshake.times().answer()).isPositive();
				HeaderBlock sent = Objects.requireNonNull(handshake.client().request());
				assertThat(sent.line()).isEqualTo("GET /chat?a=(hidden) HTTP/1.1");
				assertThat(sent.headers()).contains(new Header("X-Odd", "1"), new Header("x-odd", "2"));
				HandshakeRecord.Side asked = Objects.requireNonNull(handshake.upstream());
				assertThat(asked.address()).isEqualTo(PAIR.upstream().uri());
				HeaderBlock got = Objects.requireNonNull(asked.request());
				assertThat(got.line()).isEqualTo("GET /chat?a=(hidden) HTTP/1.1");
				assertThat(got.values("upgrade")).containsExactly("websocket");
				assertThat(got.values("x-forwarded-for")).containsExactly("127.0.0.1");
				assertThat(Objects.requireNonNull(asked.answer()).values("X-From")).containsExactly("upstream");
				HeaderBlock answer = Objects.requireNonNull(handshake.client().answer());
				assertThat(answer.line()).isEqualTo("HTTP/1.1 101 Switching Protocols");
				assertThat(answer.values("X-From")).containsExactly("upstream");
			}
		}
	}

	@Test
	void keepsWhyThereWasNoAnswer() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/gone"));
			ProblemAnswer.expect(client, 502, "\"handshake\":\"" + last("/gone").id() + "\"");
			HandshakeRecord handshake = last("/gone");
			assertThat(handshake.result().outcome()).isEqualTo(HandshakeOutcome.FAILED);
			assertThat(handshake.result().cause()).isEqualTo("upstream-refused");
			HandshakeRecord.Side asked = Objects.requireNonNull(handshake.upstream());
			assertThat(asked.address()).isEqualTo(GONE);
			assertThat(asked.request()).isNull();
			assertThat(Objects.requireNonNull(handshake.client().answer()).line()).startsWith("HTTP/1.1 502 ");
		}
	}

	@Test
	void keepsHandshakesWithoutARoute() {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/nowhere"));
			client.head();
			HandshakeRecord handshake = last("/nowhere");
			assertThat(handshake.result().cause()).isEqualTo("no-route");
			assertThat(handshake.result().status()).isEqualTo(404);
			assertThat(handshake.upstream()).isNull();
		}
	}

	@Test
	void keepsHowTheTunnelEnded() {
		try (Lane.Ends ends = PAIR.open("/chat?ended")) {
			ends.upstream().send(Frame.close(1009, "").bytes());
			ends.upstream().fin();
			ends.client().frame();
			ends.client().fin();
			Awaitility.await().until(() -> last("/chat?(hidden)").ending() != null);
			HandshakeRecord.Ending ending = Objects.requireNonNull(last("/chat?(hidden)").ending());
			assertThat(ending.cause().code()).isEqualTo("upstream-close");
			assertThat(ending.code()).isEqualTo(1009);
			assertThat(last("/chat?(hidden)").isFailure()).isTrue();
		}
	}

	private static HandshakeRecord last(String target) {
		Journal journal = PAIR.gateway().bean(Journal.class);
		return Awaitility.await()
			.until(() -> journal.all().stream().filter((handshake) -> asks(handshake, target)).findFirst(),
					Optional::isPresent)
			.orElseThrow();
	}

	private static boolean asks(HandshakeRecord handshake, String target) {
		return Objects.requireNonNull(handshake.client().request()).line().contains(" " + target + " ");
	}

}
