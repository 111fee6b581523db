package io.switchgate.configuration;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Finds the places where properties are written.
 */
final class Places {

	private final Iterable<ConfigurationPropertySource> sources;

	private final ConfigurableEnvironment environment;

	Places(ConfigurableEnvironment environment) {
		this.environment = environment;
		this.sources = ConfigurationPropertySources.from(environment.getPropertySources());
	}

	/**
	 * Returns where a property is written, or else the first property below it. For a
	 * property that is missing in an element of a list, returns the place of the element.
	 */
	@Nullable Place of(ConfigurationPropertyName name) {
		Place place = find(name);
		ConfigurationPropertyName parent = name;
		while (place == null && !parent.isLastElementIndexed() && parent.getNumberOfElements() > 1) {
			parent = parent.getParent();
			place = parent.isLastElementIndexed() ? find(parent) : null;
		}
		return place;
	}

	/**
	 * Returns the text of a property, or null if it has none.
	 */
	@Nullable String text(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return this.environment.resolvePlaceholders(String.valueOf(property.getValue()));
			}
		}
		return null;
	}

	private @Nullable Place find(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : this.sources) {
			Place place = find(source, name).orElse(null);
			if (place != null) {
				return place;
			}
		}
		return null;
	}

	private static Optional<Place> find(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		if (property != null) {
			return Optional.ofNullable(Place.of(property.getOrigin()));
		}
		if (source instanceof IterableConfigurationPropertySource iterable) {
			return iterable.stream()
				.filter(name::isAncestorOf)
				.map(source::getConfigurationProperty)
				.filter(Objects::nonNull)
				.flatMap((below) -> Stream.ofNullable(Place.of(below.getOrigin())))
				.min(Comparator.comparingInt(Place::line));
		}
		return Optional.empty();
	}

}
