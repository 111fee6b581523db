package io.switchgate.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

import io.switchgate.drain.DrainProperties;
import io.switchgate.drain.DrainScope;
import io.switchgate.drain.Drains;
import io.switchgate.tunnel.TunnelProperties;
import io.switchgate.tunnel.TunnelRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the chart says of the application's defaults, which templates cannot ask for.
 */
class DefaultsChartTests {

	private static final String TEMPLATES = Chart.templates();

	private static final Pattern NAME_AND_DEFAULT = Pattern.compile("\"name\" .*?\"default\" ");

	/**
	 * A name in full, or the end of one whose beginning is an argument.
	 */
	private static final Pattern COPY = Pattern
		.compile("\"name\" (?:\"([^\"]+)\"|\\(printf \"%s(\\w+)\" \\.prefix\\)) \"default\" \"([^\"]*)\"");

	private static final Pattern PREFIX = Pattern.compile("\"prefix\" \"([^\"]+)\"");

	private static final Pattern CLOSE_WAITS = Pattern.compile("\\(mul (\\d+) \\$wait\\)");

	private static final Map<String, String> DEFAULTS = defaults();

	private static Map<String, String> defaults() {
		Map<String, String> defaults = new HashMap<>();
		try {
			for (URL metadata : Collections.list(DefaultsChartTests.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream json = metadata.openStream()) {
					JsonMapper.shared()
						.readTree(json)
						.path("properties")
						.valueStream()
						.filter((property) -> property.path("defaultValue").isValueNode())
						.forEach((property) -> defaults.put(flat(property.path("name").asString()),
								property.path("defaultValue").asString()));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		own().forEach((name, value) -> defaults.put(flat(name.toString()), value.toString()));
		return defaults;
	}

	/**
	 * Reads what the application sets in place of the framework's defaults.
	 */
	private static Properties own() {
		YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
		yaml.setResources(new ClassPathResource("application.yml"));
		return Objects.requireNonNull(yaml.getObject());
	}

	/**
	 * Writes a name as the templates do.
	 */
	private static String flat(String name) {
		return name.toLowerCase(Locale.ROOT).replace("-", "");
	}

	static Stream<Arguments> copies() {
		return COPY.matcher(TEMPLATES)
			.results()
			.flatMap((copy) -> names(copy).map((name) -> Arguments.of(name, copy.group(3))));
	}

	private static Stream<String> names(MatchResult copy) {
		return (copy.group(1) != null) ? Stream.of(copy.group(1))
				: PREFIX.matcher(TEMPLATES).results().map((prefix) -> prefix.group(1) + copy.group(2)).distinct();
	}

	@ParameterizedTest
	@MethodSource("copies")
	void defaultIsTheApplications(String name, String value) {
		assertThat(DEFAULTS.get(name)).isEqualTo(value);
	}

	@Test
	void noCopyIsOverlooked() {
		assertThat(NAME_AND_DEFAULT.matcher(TEMPLATES).results()).isNotEmpty()
			.hasSameSizeAs(COPY.matcher(TEMPLATES).results().toList());
	}

	@Test
	void drainWaitsForAsManyClosesAsTheApplications() {
		Duration ofOne = bound(Duration.ofSeconds(4)).minus(bound(Duration.ofSeconds(3)));
		assertThat(CLOSE_WAITS.matcher(TEMPLATES).results().map((waits) -> waits.group(1)))
			.containsExactly(String.valueOf(ofOne.toSeconds()));
	}

	private static Duration bound(Duration closeWait) {
		Binder binder = new Binder(new MapConfigurationPropertySource(Map.of("tunnel.close-wait", closeWait)));
		TunnelProperties tunnels = binder.bindOrCreate("tunnel", TunnelProperties.class);
		DrainProperties drain = binder.bindOrCreate("drain", DrainProperties.class);
		try (Drains drains = new Drains(new TunnelRegistry(), tunnels)) {
			return drains.bound(drain.request(DrainScope.all()));
		}
	}

}
