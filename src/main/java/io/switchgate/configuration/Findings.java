package io.switchgate.configuration;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import io.switchgate.routes.Reason;
import io.switchgate.setting.InvalidSettingException;

/**
 * Collects errors and their places.
 */
final class Findings {

	private final List<ConfigurationError> errors = new ArrayList<>();

	private final List<ConfigurationPropertyName> unbound = new ArrayList<>();

	private final Places places;

	Findings(Places places) {
		this.places = places;
	}

	/**
	 * Adds a property that could not be bound, unless an error for a property above or
	 * below it is known.
	 */
	void addUnbound(ConfigurationPropertyName name, String message) {
		add(name, message);
		this.unbound.add(name);
	}

	/**
	 * Adds an error, unless it follows from a property that could not be bound.
	 */
	void add(ConfigurationPropertyName name, String message) {
		if (this.unbound.stream().noneMatch((other) -> isRelated(name, other))) {
			this.errors.add(new ConfigurationError(this.places.of(name), message));
		}
	}

	private static boolean isRelated(ConfigurationPropertyName one, ConfigurationPropertyName other) {
		return one.equals(other) || one.isAncestorOf(other) || other.isAncestorOf(one);
	}

	/**
	 * Runs an attempt, and adds its exception as an error.
	 * @param name where the argument is written, or the section of the setting that is
	 * refused
	 * @param subject start of the sentence
	 * @return whether the attempt succeeded
	 */
	boolean attempt(ConfigurationPropertyName name, String subject, Runnable attempt) {
		try {
			attempt.run();
			return true;
		}
		catch (InvalidSettingException ex) {
			add(name.append(ConfigurationPropertyName.adapt(ex.name(), '.')), subject + ex.getMessage());
			return false;
		}
		catch (RuntimeException ex) {
			add(name, subject + Reason.sentence(ex));
			return false;
		}
	}

	/**
	 * Returns the text of a property in the configuration, or null if it has none.
	 */
	@Nullable String text(ConfigurationPropertyName name) {
		return this.places.text(name);
	}

	/**
	 * Returns the errors in the order of their lines.
	 */
	List<ConfigurationError> errors() {
		return this.errors.stream().distinct().sorted(ConfigurationError.BY_PLACE).toList();
	}

}
