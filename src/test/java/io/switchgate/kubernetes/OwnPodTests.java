package io.switchgate.kubernetes;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the address of the API server.
 */
class OwnPodTests {

	@ParameterizedTest
	@CsvSource({ "10.96.0.1, 443, https://10.96.0.1:443", "fd00:10:96::1, 6443, https://[fd00:10:96::1]:6443",
			"kubernetes.default.svc, 443, https://kubernetes.default.svc:443" })
	void apiServerIsThatOfTheEnvironment(String host, String port, URI expected) {
		MockEnvironment variables = new MockEnvironment().withProperty("KUBERNETES_SERVICE_HOST", host)
			.withProperty("KUBERNETES_SERVICE_PORT", port);
		assertThat(pod(null, variables).apiServer()).isEqualTo(expected);
	}

	@Test
	void apiServerIsThatOfTheProperty() {
		MockEnvironment variables = new MockEnvironment().withProperty("KUBERNETES_SERVICE_HOST", "10.96.0.1");
		assertThat(pod("https://proxy:8443", variables).apiServer()).isEqualTo(URI.create("https://proxy:8443"));
	}

	private static OwnPod pod(@Nullable String apiServer, MockEnvironment variables) {
		return OwnPod.of(new KubernetesProperties(true, Duration.ofSeconds(30), "gateway-1", "chat", apiServer,
				Path.of("account")), variables);
	}

}
