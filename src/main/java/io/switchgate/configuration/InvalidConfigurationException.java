package io.switchgate.configuration;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration has errors and cannot be used.
 */
class InvalidConfigurationException extends RuntimeException {

	private final transient List<ConfigurationError> errors;

	InvalidConfigurationException(List<ConfigurationError> errors) {
		super(errors.stream().map(ConfigurationError::toString).collect(Collectors.joining("\n")));
		this.errors = errors;
	}

	List<ConfigurationError> errors() {
		return this.errors;
	}

}
