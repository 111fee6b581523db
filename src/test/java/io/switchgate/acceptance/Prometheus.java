package io.switchgate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

import tools.jackson.databind.json.JsonMapper;

/**
 * Prometheus that scrapes a gateway each second and evaluates the rules of the
 * repository.
 */
final class Prometheus implements AutoCloseable {

	static final Path RULES = BuildDirectory.resolve("..").resolve("config/prometheus/rules.yml").normalize();

	private static final String CONFIGURATION = """
			global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
			rule_files: [ "%s" ]
			scrape_configs:
			  - job_name: switchgate
			    metrics_path: /actuator/prometheus
			    static_configs: [ { targets: [ "127.0.0.1:%d" ] } ]
			""";

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final Program program;

	private final int port;

	private Prometheus(Program program, int port) {
		this.program = program;
		this.port = port;
		program.awaitLine("Server is ready to receive web requests");
	}

	static Prometheus start(int managementPort) {
		try {
			Path directory = BuildDirectory.fresh("prometheus");
			Path configuration = Files.writeString(directory.resolve("prometheus.yml"),
					CONFIGURATION.formatted(RULES, managementPort));
			int port = FreePort.find();
			return new Prometheus(Program.start(directory, Tool.path("prometheus"), "--config.file=" + configuration,
					"--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:" + port),
					port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the current values of an expression, without those that are no numbers.
	 */
	double[] query(String expression) {
		String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
		URI uri = URI.create("http://127.0.0.1:" + this.port + "/api/v1/query?query=" + query);
		try {
			HttpResponse<String> response = CLIENT.send(HttpRequest.newBuilder(uri).build(),
					HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				throw new AssertionError(expression + ": " + response.body());
			}
			return values(response.body()).filter((value) -> !Double.isNaN(value)).toArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static DoubleStream values(String answer) {
		return StreamSupport.stream(JsonMapper.shared().readTree(answer).at("/data/result").spliterator(), false)
			.mapToDouble((result) -> Double.parseDouble(result.at("/value/1").asString().replace("+Inf", "Infinity")));
	}

	@Override
	public void close() {
		this.program.close();
	}

}
