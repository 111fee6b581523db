package io.switchgate.cluster;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stands for a scheduler and the nodes of a namespace: binds pods, says that they are
 * ready, and lets those go that are to end.
 */
final class Kubelet implements AutoCloseable {

	private static final long ROUND_MILLIS = 50;

	/**
	 * Node of all pods. A service takes no pods of nodes that do not exist.
	 */
	static final String NODE = "{ apiVersion: v1, kind: Node, metadata: { name: node } }";

	private static final String STRATEGIC_MERGE = "application/strategic-merge-patch+json";

	private static final String BINDING = """
			{ apiVersion: v1, kind: Binding, metadata: { name: "%s" }, target: { kind: Node, name: node } }
			""";

	private static final String RUNNING = """
			{ "status": { "phase": "Running", "podIP": "10.0.0.%1$d", "podIPs": [ { "ip": "10.0.0.%1$d" } ],
			"conditions": [ { "type": "Ready", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z" } ] } }
			""";

	private static final String SUCCEEDED = """
			{ "status": { "phase": "Succeeded" } }
			""";

	private final Namespace namespace;

	private volatile Predicate<JsonNode> broken = (pod) -> false;

	private final AtomicInteger addresses = new AtomicInteger();

	private final AtomicInteger fewest = new AtomicInteger(Integer.MAX_VALUE);

	private final Queue<String> ended = new ConcurrentLinkedQueue<>();

	private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor();

	Kubelet(Namespace namespace) {
		this.namespace = namespace;
		this.rounds.scheduleWithFixedDelay(this::round, 0, ROUND_MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Lets some pods not get ready from now on.
	 * @param which which
	 */
	void breaks(Predicate<JsonNode> which) {
		this.broken = which;
	}

	private void round() {
		List<JsonNode> pods = this.namespace.list(Kind.PODS);
		int serving = (int) pods.stream().filter(Kubelet::serves).count();
		this.fewest.accumulateAndGet(serving, Math::min);
		pods.forEach(this::care);
	}

	private static boolean serves(JsonNode pod) {
		return Conditions.hold(pod, "Ready") && !ends(pod);
	}

	private static boolean ends(JsonNode pod) {
		return pod.path("metadata").has("deletionTimestamp");
	}

	/**
	 * Does the next step for a pod. Where its object has changed meanwhile, the next
	 * round does it.
	 */
	private void care(JsonNode pod) {
		String path = this.namespace.path(Kind.PODS, name(pod));
		Api api = this.namespace.api();
		if (ends(pod)) {
			api.delete(path + "?gracePeriodSeconds=0");
		}
		else if (!pod.path("spec").has("nodeName")) {
			api.post(path + "/binding", BINDING.formatted(name(pod)));
		}
		else if (pod.at("/status/phase").asString().equals("Pending") && !this.broken.test(pod)) {
			api.send("PATCH", path + "/status", STRATEGIC_MERGE, status(pod));
		}
	}

	private String status(JsonNode pod) {
		if (pod.at("/spec/restartPolicy").asString().equals("Never")) {
			this.ended.add(pod.at("/spec/containers/0/args").toString());
			return SUCCEEDED;
		}
		return RUNNING.formatted(this.addresses.incrementAndGet());
	}

	private static String name(JsonNode pod) {
		return pod.at("/metadata/name").asString();
	}

	/**
	 * Returns the pods that are ready and not about to end.
	 * @return names
	 */
	List<String> serving() {
		return this.namespace.list(Kind.PODS).stream().filter(Kubelet::serves).map(Kubelet::name).toList();
	}

	/**
	 * Waits until so many pods serve, and counts the fewest anew from then on.
	 * @param pods number of pods
	 * @return their names
	 */
	List<String> awaitServing(int pods) {
		this.namespace.await(() -> assertThat(serving()).hasSize(pods));
		this.fewest.set(pods);
		return serving();
	}

	/**
	 * Returns how many pods served when they were fewest.
	 * @return number of pods
	 */
	int fewest() {
		return this.fewest.get();
	}

	/**
	 * Returns what pods were told to do that run once.
	 * @return arguments of each
	 */
	List<String> ended() {
		return List.copyOf(this.ended);
	}

	@Override
	public void close() {
		this.rounds.shutdownNow();
	}

}
