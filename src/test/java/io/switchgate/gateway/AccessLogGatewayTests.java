package io.switchgate.gateway;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.switchgate.fixture.Frame;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The line that a tunnel leaves in the log.
 */
@ExtendWith(OutputCaptureExtension.class)
class AccessLogGatewayTests {

	@Test
	void writesOneLineWhenATunnelHasEnded(CapturedOutput output) {
		try (ScriptedUpstream upstreams = ScriptedUpstream.start();
				Gateway gateway = Gateway.with()
					.route("chat", upstreams.uri())
					.property("logging.level.switchgate.access", "info")
					.start();
				Lane.Ends ends = Lane.Ends.open(gateway, "/chat", upstreams)) {
			ends.client().send(Frame.text("secret").mask().bytes());
			assertThat(ends.upstream().frame().text()).isEqualTo("secret");
			ends.upstream().send(Frame.close(4001, "secret").bytes());
			ends.upstream().fin();
			assertThat(ends.client().frame().code()).isEqualTo(4001);
			ends.client().fin();
			Awaitility.await().until(() -> output.getOut().contains("tunnel="));
			assertThat(output.getOut().lines().filter((line) -> line.contains("tunnel="))).singleElement()
				.asString()
				.contains(
						" route=chat client=127.0.0.1 upstream=" + upstreams.uri() + " cause=upstream-close code=4001 ")
				.contains(" client-messages=1 client-bytes=12 client-rtt=- ")
				.endsWith(" upstream-messages=0 upstream-bytes=10 upstream-rtt=-")
				.doesNotContain("secret");
		}
	}

}
