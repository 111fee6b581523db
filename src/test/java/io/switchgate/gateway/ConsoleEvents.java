package io.switchgate.gateway;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.switchgate.fixture.Gateway;
import io.switchgate.fixture.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listener of the console's events.
 */
final class ConsoleEvents implements AutoCloseable {

	private static final int MOST_EVENTS = 20;

	private final Wire wire;

	private final String head;

	private ConsoleEvents(Wire wire) {
		this.wire = wire;
		this.head = wire.send("GET /actuator/console/events HTTP/1.1\nHost: localhost\n\n").head();
	}

	static ConsoleEvents listen(Gateway gateway) {
		return new ConsoleEvents(Wire.connect(gateway.managementPort()));
	}

	String head() {
		return this.head;
	}

	int status() {
		return Integer.parseInt(this.head.split(" ", 3)[1]);
	}

	JsonNode await(Predicate<JsonNode> wanted) {
		String event = "";
		for (int i = 0; i < MOST_EVENTS; i++) {
			event = next();
			JsonNode summary = JsonMapper.shared().readTree(event);
			if (wanted.test(summary)) {
				return summary;
			}
		}
		throw new AssertionError("Not among " + MOST_EVENTS + " events, the last of them: " + event);
	}

	private String next() {
		StringBuilder event = new StringBuilder();
		while (event.indexOf("\n\n") < 0) {
			event.append(chunk());
		}
		assertThat(event).startsWith("data:");
		return event.substring("data:".length());
	}

	/**
	 * Returns a chunk, of which the last is empty.
	 */
	private String chunk() {
		return chunk(this.wire);
	}

	static String chunk(Wire wire) {
		String chunk = new String(wire.read(Integer.parseInt(line(wire), 16)), StandardCharsets.UTF_8);
		line(wire);
		return chunk;
	}

	private static String line(Wire wire) {
		StringBuilder line = new StringBuilder();
		while (line.indexOf("\r\n") < 0) {
			line.append(wire.text(1));
		}
		return line.toString().strip();
	}

	/**
	 * Waits for the last chunk: the connection may stay for other requests.
	 */
	void awaitEnd() {
		Awaitility.await().until(() -> chunk().isEmpty());
	}

	@Override
	public void close() {
		this.wire.close();
	}

}
