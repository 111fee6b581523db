package io.switchgate.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.FreePort;
import io.switchgate.acceptance.Program;
import io.switchgate.acceptance.Tool;
import io.switchgate.fixture.Certificates;

/**
 * A control plane without nodes: etcd, an API server with roles and admission as
 * everywhere, and those controllers that a deployment needs.
 */
final class Cluster implements AutoCloseable {

	private static final Duration DEADLINE = Duration.ofSeconds(60);

	private static final int OK = 200;

	private static final String TOKEN = "the-tests";

	/**
	 * Those of nodes are left out: no node is there.
	 */
	private static final List<String> CONTROLLERS = List.of("deployment", "replicaset", "endpointslice",
			"serviceaccount", "root-ca-certificate-publisher", "disruption", "horizontal-pod-autoscaler",
			"garbage-collector", "namespace");

	private static final String KUBECONFIG = """
			apiVersion: v1
			kind: Config
			current-context: tests
			clusters: [ { name: tests, cluster: { server: "%s", certificate-authority: certificate.pem } } ]
			users: [ { name: tests, user: { token: "%s" } } ]
			contexts: [ { name: tests, context: { cluster: tests, user: tests } } ]
			""";

	private final Path directory = BuildDirectory.fresh("cluster");

	private final Programs programs;

	private final Api api;

	private final Deque<Program> running = new ArrayDeque<>();

	private Cluster(Programs programs) {
		this.programs = programs;
		this.api = Api.of(URI.create("https://127.0.0.1:" + FreePort.find()), TOKEN);
	}

	/**
	 * Starts it with the custom resources that the chart knows.
	 * @return cluster that is ready
	 */
	static Cluster start() {
		Cluster cluster = new Cluster(Programs.build());
		try {
			cluster.writeFiles();
			cluster.startApiServer(cluster.startStore());
			cluster.startControllers();
			cluster.defineCustomResources();
			cluster.api.create("/api/v1/nodes", Kubelet.NODE);
			return cluster;
		}
		catch (RuntimeException | AssertionError ex) {
			cluster.close();
			throw new IllegalStateException(cluster.output(), ex);
		}
	}

	private String output() {
		return this.running.stream().flatMap((program) -> program.output().stream()).collect(Collectors.joining("\n"));
	}

	private void writeFiles() {
		write("certificate.pem", Certificates.certificate());
		write("key.pem", Certificates.privateKey());
		write("tokens.csv", TOKEN + ",tests,tests,\"system:masters\"\n");
		write("kubeconfig", KUBECONFIG.formatted(this.api.server(), TOKEN));
	}

	private void write(String name, String content) {
		try {
			Files.writeString(this.directory.resolve(name), content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Program run(Path program, Object... arguments) {
		Object[] command = new Object[arguments.length + 1];
		command[0] = program;
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		this.running.push(Program.start(this.directory, command));
		return this.running.peek();
	}

	private String startStore() {
		String clients = "http://127.0.0.1:" + FreePort.find();
		String peers = "http://127.0.0.1:" + FreePort.find();
		run(Tool.path("etcd"), "--data-dir=etcd", "--listen-client-urls=" + clients,
				"--advertise-client-urls=" + clients, "--listen-peer-urls=" + peers,
				"--initial-advertise-peer-urls=" + peers, "--initial-cluster=default=" + peers, "--log-level=warn");
		return clients;
	}

	private void startApiServer(String store) {
		Program server = run(this.programs.get("kube-apiserver"), "--etcd-servers=" + store, "--bind-address=127.0.0.1",
				"--secure-port=" + this.api.server().getPort(), "--tls-cert-file=certificate.pem",
				"--tls-private-key-file=key.pem", "--token-auth-file=tokens.csv", "--authorization-mode=RBAC",
				"--service-account-issuer=https://kubernetes.default.svc", "--service-account-key-file=certificate.pem",
				"--service-account-signing-key-file=key.pem", "--service-cluster-ip-range=10.96.0.0/16",
				"--endpoint-reconciler-type=none");
		Awaitility.await("API server")
			.atMost(DEADLINE)
			.failFast(() -> ProcessHandle.of(server.pid()).isEmpty())
			.ignoreExceptions()
			.until(() -> this.api.find("/readyz").status() == OK);
	}

	private void startControllers() {
		run(this.programs.get("kube-controller-manager"), "--kubeconfig=kubeconfig", "--leader-elect=false",
				"--secure-port=0", "--root-ca-file=certificate.pem", "--horizontal-pod-autoscaler-sync-period=1s",
				"--controllers=" + String.join(",", CONTROLLERS.stream().map((name) -> name + "-controller").toList()));
	}

	private void defineCustomResources() {
		String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
		try {
			for (Path file : this.programs.customResources()) {
				this.api.create(definitions, Files.readString(file));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Awaitility.await("custom resources")
			.atMost(DEADLINE)
			.until(() -> this.api.list(definitions)
				.stream()
				.allMatch((definition) -> Conditions.hold(definition, "Established")));
	}

	/**
	 * Returns the API for one who may do everything.
	 * @return API
	 */
	Api api() {
		return this.api;
	}

	Path kubeconfig() {
		return this.directory.resolve("kubeconfig");
	}

	Path helm() {
		return this.programs.get("helm");
	}

	@Override
	public void close() {
		this.running.forEach(Program::close);
	}

}
