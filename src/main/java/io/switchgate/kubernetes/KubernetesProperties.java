package io.switchgate.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.switchgate.journal.Redaction;
import io.switchgate.setting.Section;

/**
 * What the gateway tells Kubernetes about its pod. What is absent is asked for only where
 * it is needed, so that a configuration can be checked outside a cluster.
 *
 * @param deletionCost whether the pod keeps its annotation
 * controller.kubernetes.io/pod-deletion-cost at the number of its open tunnels, so that a
 * scale-down takes the pod with the fewest
 * @param deletionCostInterval least time between two updates of that annotation
 * @param pod name of this pod, from the downward API
 * @param namespace namespace of this pod, from the downward API
 * @param apiServer address of the API server, as in https://10.96.0.1:443; that of the
 * pod's own cluster when absent
 * @param credentials directory with token and ca.crt of the pod's service account
 */
@ConfigurationProperties("switchgate.kubernetes")
record KubernetesProperties(@DefaultValue("false") boolean deletionCost,
		@DefaultValue("30s") Duration deletionCostInterval, @Nullable String pod, @Nullable String namespace,
		@Nullable String apiServer, @DefaultValue("/var/run/secrets/kubernetes.io/serviceaccount") Path credentials) {

	private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);

	private static final Duration MOST_INTERVAL = Duration.ofHours(1);

	private static final String NAME = "a name in lower case, as Kubernetes gives them";

	private static final Pattern POD = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

	private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

	private static final Pattern API_SERVER = Pattern
		.compile("https://([-.A-Za-z0-9]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?/?");

	KubernetesProperties {
		Section own = Section.below("switchgate.kubernetes");
		own.require(
				deletionCostInterval.compareTo(LEAST_INTERVAL) >= 0
						&& deletionCostInterval.compareTo(MOST_INTERVAL) <= 0,
				"deletion-cost-interval", deletionCostInterval, "1s to 1h");
		own.require(isAbsentOr(POD, pod), "pod", pod, NAME);
		own.require(isAbsentOr(NAMESPACE, namespace), "namespace", namespace, NAME);
		if (apiServer != null && !API_SERVER.matcher(apiServer).matches()) {
			throw own.refusal("api-server", apiServer.replaceFirst(".*@", Redaction.HIDDEN + "@"),
					"https, host and port, as in https://10.96.0.1:443");
		}
	}

	private static boolean isAbsentOr(Pattern allowed, @Nullable String value) {
		return value == null || allowed.matcher(value).matches();
	}

}
