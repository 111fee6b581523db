package io.switchgate.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.switchgate.fixture.Certificates;
import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Lane;
import io.switchgate.fixture.ScriptedUpstream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gateways that stand for the pods of the chart, with the rights that the chart gives
 * them.
 */
@OnCluster
class DeletionCostClusterTests {

	private static final String COST = "/metadata/annotations/controller.kubernetes.io~1pod-deletion-cost";

	private ScriptedUpstream chats;

	private Path accounts;

	@BeforeEach
	void start(@TempDir Path directory) {
		this.chats = ScriptedUpstream.start();
		this.accounts = directory;
	}

	@AfterEach
	void stop() {
		this.chats.close();
	}

	private Gateway gateway(Namespace namespace, String pod) throws IOException {
		Path account = Files.createDirectory(this.accounts.resolve(pod));
		Files.writeString(account.resolve("ca.crt"), Certificates.certificate());
		Files.writeString(account.resolve("token"), namespace.token(pod));
		return Gateway.with()
			.route("chat", this.chats.uri())
			.property("switchgate.kubernetes.deletion-cost", "true")
			.property("switchgate.kubernetes.deletion-cost-interval", "1s")
			.property("switchgate.kubernetes.pod", pod)
			.property("switchgate.kubernetes.namespace", namespace.name())
			.property("switchgate.kubernetes.api-server", namespace.api().server().toString())
			.property("switchgate.kubernetes.credentials", account.toString())
			.start();
	}

	private static void awaitCost(Namespace namespace, String pod, String cost) {
		namespace.await(() -> assertThat(namespace.get(Kind.PODS, pod).at(COST).asString()).isEqualTo(cost));
	}

	@Test
	void scaleDownTakesTheGatewayWithFewerTunnels(Namespace namespace, Kubelet kubelet) throws IOException {
		namespace.helm().chart("install", "{ minReadySeconds: 0, replicas: 2, deletionCost: { enabled: true } }");
		List<String> pods = kubelet.awaitServing(2);
		try (Gateway first = gateway(namespace, pods.get(0)); Gateway second = gateway(namespace, pods.get(1))) {
			try (Lane.Ends stays = Lane.Ends.open(second, "/chat", this.chats)) {
				try (Lane.Ends one = Lane.Ends.open(first, "/chat", this.chats);
						Lane.Ends other = Lane.Ends.open(first, "/chat", this.chats)) {
					awaitCost(namespace, pods.get(0), "2");
					one.assertRelays();
					other.assertRelays();
				}
				awaitCost(namespace, pods.get(0), "0");
				awaitCost(namespace, pods.get(1), "1");
				namespace.scale(1);
				assertThat(kubelet.awaitServing(1)).containsExactly(pods.get(1));
				stays.assertRelays();
			}
		}
	}

}
