package io.switchgate.gateway;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.GatewayExtension;
import io.switchgate.fixture.Handshakes;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lines that a handshake and its tunnel leave in the log.
 */
@ExtendWith(OutputCaptureExtension.class)
class AccessLogGatewayTests {

	@RegisterExtension
	private static final GatewayExtension PAIR = GatewayExtension
		.with((gateway, uri) -> gateway.route("chat", uri).property("logging.level.switchgate.access", "info"));

	@Test
	void writesOneLineForAHandshake(CapturedOutput output) {
		try (Wire client = PAIR.connect()) {
			client.send(Handshakes.request("/chat?token=secret&room=a"));
			try (Wire upstream = PAIR.accept()) {
				upstream.head();
				upstream.send("HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n");
				client.head();
			}
			Awaitility.await().until(() -> output.getOut().contains("handshake="));
			assertThat(output.getOut().lines().filter((line) -> line.contains("handshake="))).singleElement()
				.asString()
				.contains(" route=chat client=127.0.0.1 upstream=" + PAIR.upstream().uri()
						+ " request=\"GET /chat?token=(hidden)&room=(hidden) HTTP/1.1\" host=test.example.com "
						+ "outcome=declined status=403 cause=- duration=0.");
		}
	}

	@Test
	void writesOneLineWhenATunnelHasEnded(CapturedOutput output) {
		try (Lane.Ends ends = PAIR.open("/chat")) {
			ends.client().send(Frame.text("secret").mask().bytes());
			assertThat(ends.upstream().frame().text()).isEqualTo("secret");
			ends.upstream().send(Frame.close(4001, "secret").bytes());
			ends.upstream().fin();
			assertThat(ends.client().frame().code()).isEqualTo(4001);
			ends.client().fin();
			Awaitility.await().until(() -> output.getOut().contains("tunnel="));
			assertThat(output.getOut().lines().filter((line) -> line.contains("tunnel="))).singleElement()
				.asString()
				.contains(" route=chat client=127.0.0.1 upstream=" + PAIR.upstream().uri()
						+ " cause=upstream-close code=4001 ")
				.contains(" client-messages=1 client-bytes=12 client-rtt=- ")
				.endsWith(" upstream-messages=0 upstream-bytes=10 upstream-rtt=-")
				.doesNotContain("secret");
		}
	}

}
