package io.switchgate.kubernetes;

import java.net.URI;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Mono;

/**
 * The pod that the gateway runs in.
 *
 * @param apiServer address of the cluster's API server
 * @param namespace namespace of the pod
 * @param name name of the pod
 */
record OwnPod(URI apiServer, String namespace, String name) {

	private static final String DELETION_COST = """
			{"metadata":{"annotations":{"controller.kubernetes.io/pod-deletion-cost":"%d"}}}""";

	/**
	 * Finds out in which pod the gateway runs.
	 * @param environment environment with the variables that Kubernetes sets
	 */
	static OwnPod of(KubernetesProperties properties, Environment environment) {
		return new OwnPod(apiServer(properties, environment), required("namespace", properties.namespace()),
				required("pod", properties.pod()));
	}

	private static URI apiServer(KubernetesProperties properties, Environment environment) {
		if (properties.apiServer() != null) {
			return URI.create(properties.apiServer());
		}
		String host = environment.getProperty("KUBERNETES_SERVICE_HOST");
		if (host == null) {
			throw absent("api-server", "https, host and port, where KUBERNETES_SERVICE_HOST is not set either");
		}
		String port = environment.getProperty("KUBERNETES_SERVICE_PORT", "443");
		return URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
	}

	private static String required(String property, @Nullable String value) {
		if (value == null) {
			throw absent(property, "metadata." + (property.equals("pod") ? "name" : property)
					+ " of the pod, in the variable SWITCHGATE_KUBERNETES_" + property.toUpperCase(Locale.ROOT));
		}
		return value;
	}

	private static InvalidConfigurationPropertyValueException absent(String property, String expected) {
		String name = "switchgate.kubernetes." + property;
		return new InvalidConfigurationPropertyValueException(name, null,
				name + ": absent (expected: " + expected + ")");
	}

	/**
	 * Keeps the deletion cost of the pod. The annotation is a number of 32 bits. <pre>
	 * PATCH /api/v1/namespaces/chat/pods/gateway-1?fieldManager=switchgate HTTP/1.1
	 * Content-Type: application/merge-patch+json
	 *
	 * {"metadata":{"annotations":{"controller.kubernetes.io/pod-deletion-cost":"12"}}}
	 * </pre>
	 * @param cost cost, as compared with that of other pods
	 * @return empty when the API server has it
	 */
	Mono<Void> deletionCost(ApiServer server, int cost) {
		return server.patch(uri(), DELETION_COST.formatted(cost)).onErrorMap(RefusedException.class, this::explain);
	}

	private URI uri() {
		return this.apiServer
			.resolve("/api/v1/namespaces/" + this.namespace + "/pods/" + this.name + "?fieldManager=switchgate");
	}

	private RefusedException explain(RefusedException refused) {
		return switch (refused.status()) {
			case 401 -> refused.expecting("a token of a service account of this cluster");
			case 403 -> refused.expecting("a Role with the verb patch on pods in the namespace " + this.namespace
					+ ", bound to the pod's service account");
			case 404 -> refused.expecting("a pod " + this.name + " in the namespace " + this.namespace);
			default -> refused;
		};
	}

}
