package io.switchgate.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * What the configuration files contain, before placeholders are resolved.
 *
 * @param values values by name
 */
record Settings(Map<ConfigurationPropertyName, String> values) {

	static Settings of(ConfigurableEnvironment environment) {
		Map<ConfigurationPropertyName, String> values = new LinkedHashMap<>();
		environment.getPropertySources().stream().filter(Settings::isFile).forEach((source) -> add(source, values));
		return new Settings(values);
	}

	/**
	 * Returns whether Spring Boot has read a property source from a file. Only the name
	 * of the source tells.
	 */
	static boolean isFile(PropertySource<?> source) {
		return source.getName().startsWith("Config resource '") || source.getName().startsWith("Config tree '");
	}

	private static void add(PropertySource<?> source, Map<ConfigurationPropertyName, String> values) {
		if (ConfigurationPropertySource.from(source) instanceof IterableConfigurationPropertySource properties) {
			properties.forEach((name) -> {
				ConfigurationProperty property = properties.getConfigurationProperty(name);
				if (property != null) {
					values.putIfAbsent(name, String.valueOf(property.getValue()));
				}
			});
		}
	}

	/**
	 * Returns the names whose values differ, or that only one side has.
	 */
	List<ConfigurationPropertyName> differences(Settings others) {
		return Stream.of(this, others)
			.flatMap((settings) -> settings.values.keySet().stream())
			.distinct()
			.filter((name) -> !Objects.equals(this.values.get(name), others.values.get(name)))
			.sorted()
			.toList();
	}

}
