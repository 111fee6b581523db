package io.switchgate.kubernetes;

import java.io.IOException;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.switchgate.tunnel.TunnelRegistry;

/**
 * Keeps the deletion cost of the gateway's pod up to date, if the operator has turned
 * that on.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("switchgate.kubernetes.deletion-cost")
class KubernetesConfiguration {

	@Bean
	ApiServer apiServer(KubernetesProperties properties) {
		ServiceAccount account = new ServiceAccount(properties.credentials());
		try {
			account.tls();
			account.token();
		}
		catch (IOException ex) {
			throw invalid(properties, ex);
		}
		return new ApiServer(account, ApiServer.TIMEOUT);
	}

	private static InvalidConfigurationPropertyValueException invalid(KubernetesProperties properties, IOException ex) {
		String name = "switchgate.kubernetes.credentials";
		return new InvalidConfigurationPropertyValueException(name, properties.credentials(),
				name + ": " + properties.credentials()
						+ " (expected: token and ca.crt of a service account that is mounted into the pod): "
						+ ex.getMessage());
	}

	@Bean
	DeletionCostLifecycle deletionCost(KubernetesProperties properties, Environment environment, ApiServer apiServer,
			TunnelRegistry tunnels) {
		OwnPod pod = OwnPod.of(properties, environment);
		DeletionCost cost = new DeletionCost(tunnels::open, (open) -> pod.deletionCost(apiServer, open),
				properties.deletionCostInterval());
		return new DeletionCostLifecycle(cost, apiServer.scheduler());
	}

}
