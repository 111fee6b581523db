package io.switchgate.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import io.switchgate.fixture.Certificates;
import io.switchgate.tunnel.TunnelRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the configuration that the deletion cost needs.
 */
class KubernetesConfigurationTests {

	private static final String PREFIX = "switchgate.kubernetes.";

	private List<String> properties;

	@BeforeEach
	void start(@TempDir Path account) throws IOException {
		Files.writeString(account.resolve("token"), "of-the-test");
		Files.writeString(account.resolve("ca.crt"), Certificates.certificate());
		this.properties = List.of(PREFIX + "deletion-cost=true", PREFIX + "pod=gateway-1", PREFIX + "namespace=chat",
				PREFIX + "credentials=" + account, "KUBERNETES_SERVICE_HOST=127.0.0.1");
	}

	private static ApplicationContextRunner pod(List<String> properties) {
		return new ApplicationContextRunner().withBean(TunnelRegistry.class)
			.withUserConfiguration(Properties.class, KubernetesConfiguration.class)
			.withPropertyValues(properties.toArray(String[]::new));
	}

	@ParameterizedTest
	@ValueSource(strings = { "switchgate.kubernetes.deletion-cost=false", "unrelated=true" })
	void deletionCostIsOffUnlessConfigured(String property) {
		pod(List.of(property)).run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(ApiServer.class)
			.doesNotHaveBean(DeletionCostLifecycle.class));
	}

	@Test
	void deletionCostRunsWithTheContext() {
		pod(this.properties)
			.run((context) -> assertThat(context.getBean(DeletionCostLifecycle.class).isRunning()).isTrue());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "deletion-cost-interval | 999ms | PT0.999S (expected: 1s to 1h)",
					"deletion-cost-interval | 2h | PT2H (expected: 1s to 1h)",
					"pod | ../nodes | ../nodes (expected: a name in lower case, as Kubernetes gives them)",
					"namespace | a.b | a.b (expected: a name in lower case, as Kubernetes gives them)",
					"api-server | http://a | http://a (expected: https, host and port, as in https://10.96.0.1:443)",
					"api-server | https://u:p@a | (hidden)@a (expected: https, host and port",
					"api-server | https://u:p% @a | (hidden)@a (expected: https, host and port",
					"api-server | https://a/b | https://a/b (expected: https, host and port",
					"credentials | /nowhere | /nowhere (expected: token and ca.crt of a service account" })
	void refusesInvalidValues(String name, String value, String message) {
		pod(this.properties).withPropertyValues(PREFIX + name + "=" + value)
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining(PREFIX + name + ": " + message));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"switchgate.kubernetes.pod | pod | metadata.name of the pod, in the variable SWITCHGATE_KUBERNETES_POD",
			"switchgate.kubernetes.namespace | namespace | metadata.namespace of the pod, in the variable SWITCHGATE_KUBERNETES_NAMESPACE",
			"KUBERNETES_SERVICE_HOST | api-server | https, host and port, where KUBERNETES_SERVICE_HOST is not set either" })
	void refusesMissingValues(String property, String name, String expected) {
		pod(this.properties.stream().filter((given) -> !given.startsWith(property + "=")).toList())
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(PREFIX + name + ": absent (expected: " + expected + ")"));
	}

	/**
	 * Enables the properties, as the scan of the application does.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(KubernetesProperties.class)
	static class Properties {

	}

}
