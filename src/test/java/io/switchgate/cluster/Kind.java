package io.switchgate.cluster;

import java.util.Locale;

/**
 * Kind of object of a namespace, and where the API server has it.
 */
enum Kind {

	PODS("api/v1"), CONFIG_MAPS("api/v1"), SERVICES("api/v1"), SERVICE_ACCOUNTS("api/v1"),

	DEPLOYMENTS("apis/apps/v1"), REPLICA_SETS("apis/apps/v1"),

	ENDPOINT_SLICES("apis/discovery.k8s.io/v1"), HORIZONTAL_POD_AUTOSCALERS("apis/autoscaling/v2");

	private final String version;

	Kind(String version) {
		this.version = version;
	}

	String path(String namespace) {
		return "/" + this.version + "/namespaces/" + namespace + "/" + name().replace("_", "").toLowerCase(Locale.ROOT);
	}

}
