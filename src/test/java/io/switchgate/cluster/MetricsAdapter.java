package io.switchgate.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import io.switchgate.fixture.Certificates;

/**
 * Adapter of custom metrics that says how many tunnels the pods of a namespace have: each
 * as many as any other. The API server passes what autoscalers ask on to it.
 */
final class MetricsAdapter implements AutoCloseable {

	private static final String VERSION = "custom.metrics.k8s.io/v1beta2";

	private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";

	private static final String NAME = "v1beta2.custom.metrics.k8s.io";

	private static final String SERVICE = """
			{ apiVersion: v1, kind: Service, metadata: { name: metrics }, spec: { type: ExternalName, externalName: localhost } }
			""";

	private static final String API_SERVICE = """
			apiVersion: apiregistration.k8s.io/v1
			kind: APIService
			metadata: { name: %s }
			spec:
			  group: custom.metrics.k8s.io
			  version: v1beta2
			  groupPriorityMinimum: 100
			  versionPriority: 100
			  insecureSkipTLSVerify: true
			  service: { namespace: %s, name: metrics, port: %d }
			""";

	private static final String RESOURCES = """
			{ "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "%s", "resources": [] }
			""".formatted(VERSION);

	private static final String VALUES = """
			{ "kind": "MetricValueList", "apiVersion": "%s", "metadata": {}, "items": [ %s ] }
			""";

	private static final String VALUE = """
			{ "describedObject": { "kind": "Pod", "apiVersion": "v1", "name": "%s" }, "metric": { "name": "%s" },
			"timestamp": "2026-01-01T00:00:00Z", "value": "%dm" }
			""";

	private final Namespace namespace;

	private final String metric;

	private final HttpsServer server;

	private volatile int tunnels;

	private MetricsAdapter(Namespace namespace, String metric, HttpsServer server) {
		this.namespace = namespace;
		this.metric = metric;
		this.server = server;
	}

	/**
	 * Starts the only adapter of the cluster.
	 * @param namespace namespace of the pods
	 * @param metric name of the only metric
	 * @return running adapter
	 */
	static MetricsAdapter start(Namespace namespace, String metric) {
		try {
			HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.setHttpsConfigurator(new HttpsConfigurator(Certificates.context()));
			MetricsAdapter adapter = new MetricsAdapter(namespace, metric, server);
			server.createContext("/", adapter::answer);
			server.start();
			adapter.register();
			return adapter;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void register() {
		Api api = this.namespace.api();
		api.create(this.namespace.path(Kind.SERVICES), SERVICE);
		api.create(SERVICES, API_SERVICE.formatted(NAME, this.namespace.name(), this.server.getAddress().getPort()));
		this.namespace.await(() -> api.get("/apis/" + VERSION));
	}

	void tunnels(int all) {
		this.tunnels = all;
	}

	private void answer(HttpExchange exchange) throws IOException {
		boolean asked = exchange.getRequestURI().getPath().endsWith("/pods/*/" + this.metric);
		byte[] body = (asked ? values(exchange.getRequestURI().getRawQuery()) : RESOURCES)
			.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private String values(String query) {
		List<String> pods = this.namespace.api()
			.list(this.namespace.path(Kind.PODS) + "?" + query)
			.stream()
			.map((pod) -> pod.at("/metadata/name").asString())
			.toList();
		return VALUES.formatted(VERSION,
				pods.stream()
					.map((pod) -> VALUE.formatted(pod, this.metric, 1000L * this.tunnels / pods.size()))
					.collect(Collectors.joining(",")));
	}

	@Override
	public void close() {
		this.namespace.api().delete(SERVICES + "/" + NAME).json();
		this.server.stop(0);
	}

}
