package io.switchgate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.switchgate.fixture.Documentation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor shows to somebody who writes the configuration. Descriptions are the
 * {@code @param} texts of records, so they have the form of those: lower case, no full
 * stop.
 */
class ConfigurationMetadataTests {

	private static final String PREFIX = "switchgate.";

	/**
	 * Bare numbers, which must be neither times nor sizes.
	 */
	private static final Set<String> NUMBERS = Set.of(
			// Of a socket.
			"switchgate.demo.port",
			// Counts.
			"switchgate.transport.reserved-files", "switchgate.transport.workers", "switchgate.client.head-fields",
			"switchgate.client.connections", "switchgate.client.connections-per-address", "switchgate.client.streams",
			"switchgate.handshake.in-flight", "switchgate.upstream.http2-connections",
			"switchgate.upstream.http2-streams", "switchgate.journal.records", "switchgate.tunnel.open-tunnels",
			"switchgate.tunnel.limits.open-tunnels",
			// Counts in a second.
			"switchgate.handshake.rate", "switchgate.tunnel.limits.messages-per-second",
			"switchgate.tunnel.limits.pings-per-second",
			// A close code.
			"switchgate.drain.code",
			// Percent.
			"switchgate.tunnel.limits.lifetime-jitter");

	static Stream<Property> properties() throws IOException {
		return Collections
			.list(Property.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))
			.stream()
			.flatMap(Property::read)
			.filter((property) -> property.name().startsWith(PREFIX));
	}

	@Test
	void metadataHoldsEveryComponentOfTheRecords() throws IOException {
		assertThat(properties()).isNotEmpty()
			.map((property) -> property.component().getAccessor())
			.containsAll(properties().map(Property::source)
				.distinct()
				.flatMap((source) -> Stream.of(source.getRecordComponents()))
				.filter((component) -> !component.getType().isRecord())
				.map(RecordComponent::getAccessor)
				.toList());
	}

	@ParameterizedTest
	@MethodSource("properties")
	void descriptionIsAPhraseWithoutArticleMarkupAndValue(Property property) {
		assertThat(property.description()).matches("[a-z].*[^.]")
			.doesNotMatch("(the|an?) .*")
			.doesNotContainPattern("[{}<>]")
			.doesNotContainPattern("(?i)default");
	}

	@ParameterizedTest
	@MethodSource("properties")
	void standsInTheDocumentation(Property property) {
		assertThat(Documentation.page("configuration.md")).contains("| `" + property.name() + "` |");
	}

	@ParameterizedTest
	@MethodSource("properties")
	void descriptionOfASwitchSaysWhether(Property property) {
		boolean described = property.description().matches("(?i)(whether|enable) .*");
		assertThat(property.type().equals("java.lang.Boolean")).isEqualTo(described);
	}

	@ParameterizedTest
	@MethodSource("properties")
	void valueIsThereUnlessItMayBeAbsentOrEmpty(Property property) {
		boolean mayBeEmpty = property.type().startsWith("java.util.List<");
		assertThat(property.node().has("defaultValue")).isNotEqualTo(property.isNullable() || mayBeEmpty);
	}

	@ParameterizedTest
	@MethodSource("properties")
	void timesAndSizesHaveUnits(Property property) {
		if (property.name().matches(".*(timeout|interval|delay|period|age|lifetime)")) {
			assertThat(property.type()).isEqualTo(Duration.class.getName());
		}
		else if (property.name().matches(".*(bytes|buffer|size|memory)")) {
			assertThat(property.type()).isEqualTo(DataSize.class.getName());
		}
		else if (property.type().matches("java\\.lang\\.(Byte|Short|Integer|Long|Float|Double)")) {
			assertThat(NUMBERS).contains(property.name());
		}
	}

	/**
	 * A property of the metadata.
	 *
	 * @param node its entry there
	 */
	record Property(JsonNode node) {

		static Stream<Property> read(URL metadata) {
			try (InputStream json = metadata.openStream()) {
				return JsonMapper.shared().readTree(json).path("properties").valueStream().map(Property::new);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		String name() {
			return text("name");
		}

		String type() {
			return text("type");
		}

		String description() {
			return text("description");
		}

		private String text(String field) {
			return this.node.path(field).asString("");
		}

		Class<?> source() {
			try {
				return Class.forName(text("sourceType"));
			}
			catch (ClassNotFoundException ex) {
				throw new IllegalStateException(ex);
			}
		}

		/**
		 * Returns what the property is in Java, whose names differ by dashes and case.
		 */
		RecordComponent component() {
			String last = name().substring(name().lastIndexOf('.') + 1).replace("-", "");
			return Stream.of(source().getRecordComponents())
				.filter((component) -> component.getName().toLowerCase(Locale.ROOT).equals(last))
				.findFirst()
				.orElseThrow();
		}

		boolean isNullable() {
			return component().getAnnotatedType().isAnnotationPresent(Nullable.class);
		}

		@Override
		public String toString() {
			return name();
		}

	}

}
