package io.switchgate.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.acceptance.ClassPath;
import io.switchgate.acceptance.Program;
import io.switchgate.acceptance.Tool;
import io.switchgate.fixture.Wire;

/**
 * A gateway in a process of its own, with one route for everything below {@code /ws}.
 */
final class GatewayProcess implements AutoCloseable {

	static final String PATH = "/ws";

	private static final Pattern PORTS = Pattern.compile("port=(\\d+) management=(\\d+)");

	private static final List<String> PARANOID = List.of("-Dio.netty.leakDetection.level=paranoid");

	private final Program program;

	private final int port;

	private final int managementPort;

	private GatewayProcess(Program program) {
		this.program = program;
		String line = program.awaitLine(ProbedGateway.READY);
		Matcher ports = PORTS.matcher(line);
		if (!ports.find()) {
			throw new IllegalStateException(line);
		}
		this.port = Integer.parseInt(ports.group(1));
		this.managementPort = Integer.parseInt(ports.group(2));
	}

	static GatewayProcess start(String upstreamUri, String... properties) {
		return start(List.of(), upstreamUri, properties);
	}

	/**
	 * Starts a gateway that reports leaked buffers.
	 */
	static GatewayProcess startParanoid(String upstreamUri, String... properties) {
		return start(PARANOID, upstreamUri, properties);
	}

	static GatewayProcess start(List<String> options, String upstreamUri, String... properties) {
		String route = "spring.cloud.gateway.server.webflux.routes[0].";
		return start(options, Stream.concat(
				Stream.of(route + "id=ws", route + "uri=" + upstreamUri, route + "predicates[0]=Path=" + PATH + "/**"),
				Stream.of(properties)));
	}

	/**
	 * Starts a gateway with the routes of a file, which it reads again on
	 * {@link #refresh()}.
	 */
	static GatewayProcess startReading(Path file) {
		return start(List.of(), reading(file));
	}

	/**
	 * Starts a gateway that reports leaked buffers, reads its routes from a file, and
	 * lets operators drain and close tunnels.
	 */
	static GatewayProcess startParanoidReading(Path file) {
		return start(PARANOID,
				Stream.concat(reading(file),
						Stream.of("management.endpoint.tunnels.access=unrestricted",
								"management.endpoint.drain.access=unrestricted",
								"management.endpoints.web.exposure.include=prometheus,refresh,tunnels,drain")));
	}

	private static Stream<String> reading(Path file) {
		return Stream.of("spring.config.additional-location=file:" + file, "switchgate.routes.watch-interval=0s",
				"management.endpoint.refresh.access=unrestricted",
				"management.endpoints.access.max-permitted=unrestricted",
				"management.endpoints.web.exposure.include=prometheus,refresh");
	}

	private static GatewayProcess start(List<String> options, Stream<String> properties) {
		List<Object> command = new ArrayList<>();
		command.add(Tool.java());
		command.add("-Xmx1g");
		command.addAll(options);
		command.addAll(List.of(ClassPath.argument(), ProbedGateway.class.getName()));
		Stream.concat(Stream.of("server.address=127.0.0.1", "server.port=0", "management.server.address=127.0.0.1",
				"management.server.port=0"), properties)
			.forEach((property) -> command.add("--" + property));
		return new GatewayProcess(Program.start(BuildDirectory.fresh("load"), command.toArray()));
	}

	int port() {
		return this.port;
	}

	/**
	 * Returns the peaks since the last call.
	 */
	Figures peaks() {
		return ask(ProbedGateway.PEAKS);
	}

	/**
	 * Returns the figures after a garbage collection.
	 */
	Figures rest() {
		return ask(ProbedGateway.REST);
	}

	private Figures ask(String question) {
		this.program.tell(question);
		return Figures.parse(this.program.awaitLine(ProbedGateway.FIGURES));
	}

	/**
	 * Returns how many tunnels the gateway's gauges count.
	 */
	long tunnels() {
		return samples("switchgate_tunnels_active").stream().mapToLong(Sample::value).sum();
	}

	/**
	 * Returns the number of ends of tunnels that have answered a ping of the gateway.
	 */
	int pongs() {
		int pongs = 0;
		String page = "";
		for (int i = 0; i == 0 || page.contains("\"opened\""); i++) {
			page = ask("GET", "tunnels?size=1000&page=" + i);
			pongs += page.split("\"roundTripMillis\"", -1).length - 1;
		}
		return pongs;
	}

	/**
	 * Returns the sizes of the live objects in the heap.
	 */
	Histogram histogram() {
		return Histogram.parse(Program.run(Duration.ofMinutes(1), BuildDirectory.fresh("histogram"),
				Tool.java().resolveSibling("jcmd"), this.program.pid(), "GC.class_histogram"));
	}

	/**
	 * Lets the gateway read its routes again.
	 * @return answer of the endpoint
	 */
	String refresh() {
		return ask("POST", "refresh");
	}

	/**
	 * Returns the values of a meter.
	 * @param name Prometheus name of the meter
	 */
	List<Sample> samples(String name) {
		return Sample.parse(ask("GET", "prometheus"), name);
	}

	/**
	 * Sends a request to a management endpoint.
	 * @param endpoint path of the endpoint, with its query
	 * @return status line, headers and body of the answer
	 */
	String ask(String method, String endpoint) {
		try (Wire wire = Wire.connect(this.managementPort)) {
			wire.send(method + " /actuator/" + endpoint + " HTTP/1.1\nHost: localhost\nConnection: close\n"
					+ (method.equals("POST") ? "Content-Type: application/json\nContent-Length: 2\n\n{}" : "\n"));
			return new String(wire.rest(), StandardCharsets.UTF_8);
		}
	}

	/**
	 * Returns the number of files that the process has open, sockets among them.
	 */
	long openFiles() {
		try (Stream<Path> files = Files.list(Path.of("/proc/" + this.program.pid() + "/fd"))) {
			return files.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the lines of the log that contain a text.
	 */
	List<String> log(String part) {
		return this.program.output().stream().filter((line) -> line.contains(part)).toList();
	}

	/**
	 * Sends SIGTERM.
	 */
	void terminate() {
		this.program.terminate();
	}

	/**
	 * Waits until the process has ended.
	 */
	void awaitExit(Duration deadline) {
		this.program.awaitExit(deadline);
	}

	@Override
	public void close() {
		this.program.close();
	}

}
