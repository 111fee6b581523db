package io.switchgate.configuration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.switchgate.SwitchgateApplication;
import io.switchgate.fixture.Gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests that {@code check}, the start and a reload refuse a configuration with the same
 * sentences.
 */
class SameSentenceTests {

	private static final String GOOD = """
			spring.cloud.gateway.server.webflux.routes:
			  - id: good
			    uri: http://my_service:8000
			    predicates: [ Path=/ ]
			""";

	private static final String BAD = GOOD + """
			  - id: blank
			    uri: http://a b
			    predicates: [ Path=/ ]
			  - id: port
			    uri: ${some.uri:http://localhost:99999}
			    predicates: [ Path=/ ]
			  - id: none
			    predicates: [ Path=/ ]
			  - id: comma
			    uri: http://a,b
			    order: first
			    predicates: [ Path=/ ]
			  - id: nowhere
			    uri: http://localhost
			  - uri: lb://talk
			    predicates: [ Path=/ ]
			""";

	private static final List<String> SENTENCES = List.of(
			":6: route blank, uri http://a b: no URI (expected: one, as in http://localhost:8000)",
			":9: route port, uri http://localhost:99999: port 99999 (expected: 1 to 65535)",
			":11: route none, uri: none (expected: one, as in http://localhost:8000)",
			":14: route comma, uri http://a,b: host a,b (expected: a name of letters, digits, '-', '_' and '.', "
					+ "or an address)",
			":15: spring.cloud.gateway.server.webflux.routes[4].order: 'first' (expected: a value of type int)",
			":17: spring.cloud.gateway.server.webflux.routes[5].predicates: must not be empty",
			":19: route to lb://talk: no id (expected: a name of its own)",
			":19: route to lb://talk, uri lb://talk: scheme lb (expected: one of http, https, ws, wss)");

	private static final String OPTION = "spring.config.additional-location";

	private final Path file;

	private final List<String> sentences;

	SameSentenceTests(@TempDir Path directory) {
		this.file = directory.resolve("routes.yml");
		this.sentences = SENTENCES.stream().map((sentence) -> this.file + sentence).toList();
	}

	@Test
	void checkStartAndReloadReportTheSameErrors() throws IOException {
		Files.writeString(this.file, BAD);
		assertThat(check()).containsExactlyElementsOf(this.sentences);
		assertThatThrownBy(() -> gateway().start()).isInstanceOf(InvalidConfigurationException.class)
			.message()
			.satisfies((message) -> assertThat(message.lines()).containsExactlyElementsOf(this.sentences));
		Files.writeString(this.file, GOOD);
		assertThat(check()).containsExactly(this.file + ": 1 route, no errors");
		try (Gateway gateway = gateway().start()) {
			Files.writeString(this.file, BAD);
			assertThat(gateway.bean(Reload.class).run().errors()).containsExactlyElementsOf(this.sentences);
		}
	}

	private Gateway.Builder gateway() {
		return Gateway.with().property(OPTION, "file:" + this.file).property("switchgate.routes.watch-interval", "0s");
	}

	private List<String> check() {
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
		new CheckCommand(SwitchgateApplication.class, out, out).run("check", this.file.toString());
		return printed.toString(StandardCharsets.UTF_8).lines().toList();
	}

}
