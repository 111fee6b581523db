package io.switchgate.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;

import io.switchgate.fixture.Gateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Collector of spans over OTLP, of which it keeps the bytes.
 */
final class Collector implements AutoCloseable {

	private final Queue<String> collected = new ConcurrentLinkedQueue<>();

	private final HttpServer server;

	private Collector(HttpServer server) {
		this.server = server;
	}

	static Collector start() {
		try {
			Collector collector = new Collector(
					HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			collector.server.createContext("/v1/traces", collector::collect);
			collector.server.start();
			return collector;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void collect(HttpExchange exchange) throws IOException {
		this.collected.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
		exchange.sendResponseHeaders(200, -1);
		exchange.close();
	}

	/**
	 * Lets a gateway send all of its spans here.
	 */
	Gateway.Builder collect(Gateway.Builder gateway) {
		return gateway
			.property("management.opentelemetry.tracing.export.otlp.endpoint",
					"http://localhost:" + this.server.getAddress().getPort() + "/v1/traces")
			.property("management.opentelemetry.tracing.export.schedule-delay", "50ms")
			.property("management.tracing.sampling.probability", "1");
	}

	void await(String... texts) {
		Awaitility.await().untilAsserted(() -> assertThat(spans()).contains(texts));
	}

	String spans() {
		return String.join("\n", this.collected);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
