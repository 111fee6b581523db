package io.switchgate.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

import io.switchgate.drain.DrainProperties;
import io.switchgate.tunnel.TunnelProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said of properties that cannot be bound, and in which line.
 */
class TolerantBindingTests {

	private static final String TUNNEL = "switchgate.tunnel";

	private static final String DRAIN = "switchgate.drain";

	private final Path file;

	TolerantBindingTests(@TempDir Path directory) {
		this.file = directory.resolve("application.yml");
	}

	@Test
	void aRefusedComponentHasItsLine() throws IOException {
		assertThat(bind(TUNNEL, TunnelProperties.class, """
				switchgate.tunnel:
				  open-tunnels: 7
				  close-wait: 0s
				""")).containsExactly(":3: switchgate.tunnel.close-wait: PT0S (expected: > 0)");
	}

	@Test
	void aRecordThatDoesNotKnowWhereItStandsIsNamed() throws IOException {
		assertThat(bind(TUNNEL, TunnelProperties.class, """
				switchgate.tunnel:
				  limits:
				    open-tunnels: 7
				    idle-time: -1s
				""")).containsExactly(":4: switchgate.tunnel.limits: idle-time: PT-1S (expected: >= 0)");
		assertThat(bind(DRAIN, DrainProperties.class, """
				switchgate.drain:
				  grace: 1s
				  time: 25h
				""")).containsExactly(":3: switchgate.drain: time: PT25H (expected: 0s to 24h)");
	}

	@Test
	void nothingIsReadOutOfASentence() throws IOException {
		assertThat(bind("some", Talkative.class, """
				some:
				  other: 1
				  name: nowhere
				""")).containsExactly(":2: some: name: nowhere");
	}

	private List<String> bind(String name, Class<?> type, String yaml) throws IOException {
		Files.writeString(this.file, yaml);
		StandardEnvironment environment = new StandardEnvironment();
		new YamlPropertySourceLoader().load("file", new FileSystemResource(this.file))
			.forEach(environment.getPropertySources()::addFirst);
		Findings findings = new Findings(new Places(environment));
		new Binder(ConfigurationPropertySources.from(environment.getPropertySources())).bind(name, Bindable.of(type),
				new TolerantBinding(findings));
		return findings.errors()
			.stream()
			.map((error) -> error.toString().substring(this.file.toString().length()))
			.toList();
	}

	/**
	 * Refuses everything in a sentence that begins like the name of a property.
	 */
	record Talkative(String name, int other) {

		Talkative {
			throw new IllegalArgumentException("name: " + name);
		}

	}

}
