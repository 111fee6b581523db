package io.switchgate.cluster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The strictest of the pod security standards.
 */
@OnCluster
class PodSecurityClusterTests {

	@Test
	void podsAreAccepted(Namespace namespace) {
		namespace.restrict();
		namespace.helm().chart("install", """
				deletionCost: { enabled: true }
				tls: { existingSecret: tls }
				podSecurityContext: { sysctls: [ { name: net.ipv4.ip_local_port_range, value: "1024 65535" } ] }
				""");
		namespace.await(() -> assertThat(namespace.list(Kind.PODS)).hasSize(2));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{ securityContext: { allowPrivilegeEscalation: true } }             | allowPrivilegeEscalation != false
			{ securityContext: { capabilities: { drop: null } } }               | unrestricted capabilities
			{ podSecurityContext: { runAsNonRoot: false } }                     | runAsNonRoot != true
			{ podSecurityContext: { seccompProfile: null } }                    | seccompProfile
			{ extraVolumes: [ { name: host, hostPath: { path: / } } ] }         | restricted volume types
			""")
	void weakerPodsAreRefused(String values, String reason, Namespace namespace) {
		namespace.restrict();
		namespace.helm().chart("install", values);
		namespace.await(() -> assertThat(namespace.deployment().at("/status/conditions").toString())
			.contains("violates PodSecurity \\\"restricted:latest\\\"", reason));
		assertThat(namespace.list(Kind.PODS)).isEmpty();
	}

}
