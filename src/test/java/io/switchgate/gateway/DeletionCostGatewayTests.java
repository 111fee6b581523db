package io.switchgate.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.switchgate.fixture.Certificates;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What Kubernetes hears of a gateway's tunnels. The API server is one of the test's,
 * which does at once what a real one does in a year.
 */
@ExtendWith(OutputCaptureExtension.class)
class DeletionCostGatewayTests {

	private static final String LOGGER = "DeletionCost ";

	@AutoClose
	private final ScriptedUpstream apiServer = ScriptedUpstream.startTls();

	@AutoClose
	private final ScriptedUpstream chats = ScriptedUpstream.start();

	private Path account;

	@BeforeEach
	void start(@TempDir Path directory) throws IOException {
		this.account = directory;
		Files.writeString(directory.resolve("token"), "first-token\n");
		Files.writeString(directory.resolve("ca.crt"), Certificates.certificate());
	}

	private Gateway.Builder gateway() {
		return Gateway.with()
			.route("chat", this.chats.uri())
			.property("switchgate.kubernetes.deletion-cost", "true")
			.property("switchgate.kubernetes.deletion-cost-interval", "1s")
			.property("switchgate.kubernetes.pod", "gateway-5d8-x7")
			.property("switchgate.kubernetes.namespace", "chat")
			.property("switchgate.kubernetes.credentials", this.account.toString())
			.property("KUBERNETES_SERVICE_HOST", "127.0.0.1")
			.property("KUBERNETES_SERVICE_PORT", String.valueOf(this.apiServer.port()));
	}

	private void expect(int cost) {
		ApiServerCall call = ApiServerCall.accept(this.apiServer);
		call.assertCost(cost);
		call.answer("200 OK");
	}

	@Test
	void followsTheOpenTunnels() {
		try (Gateway gateway = gateway().start()) {
			expect(0);
			Lane.Ends first = Lane.Ends.open(gateway, "/chat", this.chats);
			expect(1);
			try (first; Lane.Ends second = Lane.Ends.open(gateway, "/chat", this.chats)) {
				expect(2);
				second.assertRelays();
			}
			expect(0);
		}
	}

	@Test
	void patchesItsOwnPodAsItsServiceAccount() throws IOException {
		try (Gateway gateway = gateway().start()) {
			try (ApiServerCall call = ApiServerCall.accept(this.apiServer)) {
				assertThat(call.head())
					.startsWith("PATCH /api/v1/namespaces/chat/pods/gateway-5d8-x7?fieldManager=switchgate HTTP/1.1\n")
					.containsIgnoringCase("\nauthorization: Bearer first-token\n")
					.containsIgnoringCase("\ncontent-type: application/merge-patch+json\n");
				Files.writeString(this.account.resolve("token"), "next-token");
				call.answer("401 Unauthorized");
			}
			try (ApiServerCall call = ApiServerCall.accept(this.apiServer)) {
				assertThat(call.head()).containsIgnoringCase("\nauthorization: Bearer next-token\n");
			}
			gateway.connect().close();
		}
	}

	@Test
	void saysOnceThatItMayNotAndOnceThatItMayAgain(CapturedOutput output) {
		try (Gateway gateway = gateway().start()) {
			for (int i = 0; i < 3; i++) {
				ApiServerCall.accept(this.apiServer).answer("403 Forbidden");
			}
			try (Lane.Ends ends = Lane.Ends.open(gateway, "/chat", this.chats)) {
				ends.assertRelays();
				expect(1);
			}
			expect(0);
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains(LOGGER))).satisfiesExactly(
				(line) -> assertThat(line).contains("WARN")
					.endsWith("HTTP 403 Forbidden (expected: a Role with the verb patch on pods in the namespace chat, "
							+ "bound to the pod's service account)"),
				(line) -> assertThat(line).contains("INFO").endsWith("kept again: 1"));
		assertThat(output).doesNotContain("first-token");
	}

	@Test
	void serversThatAreNotThereStopNothing(CapturedOutput output) {
		int port = this.apiServer.port();
		this.apiServer.close();
		try (Gateway gateway = gateway().start(); Lane.Ends ends = Lane.Ends.open(gateway, "/chat", this.chats)) {
			Awaitility.await().until(() -> output.getOut().contains(LOGGER));
			assertThat(output).contains("not kept: Connection refused: /127.0.0.1:" + port);
			ends.assertRelays();
		}
	}

	@Test
	void stopsWhileTheServerThinks() {
		Gateway gateway = gateway().start();
		try (ApiServerCall call = ApiServerCall.accept(this.apiServer)) {
			try (Lane.Ends ends = Lane.Ends.open(gateway, "/chat", this.chats)) {
				ends.assertRelays();
			}
			assertThat(CompletableFuture.runAsync(gateway::close)).succeedsWithin(Duration.ofSeconds(5));
			call.wire().awaitEnd();
		}
	}

	@Test
	void saysWhatIsMissingInsteadOfStarting(CapturedOutput output) {
		assertThatThrownBy(() -> gateway().without("switchgate.kubernetes.pod").start())
			.hasStackTraceContaining("switchgate.kubernetes.pod: absent");
		assertThat(output).contains("APPLICATION FAILED TO START", "switchgate.kubernetes.pod: absent");
	}

}
