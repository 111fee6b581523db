package io.switchgate.configuration;

import java.util.List;

/**
 * What a reload has changed.
 *
 * @param changed ids of routes that are others than before
 * @param added ids of new routes
 * @param removed ids of routes that are gone
 * @param reordered whether routes that were there before come in another order
 * @param errors reasons why nothing was changed
 */
record RouteChanges(List<String> changed, List<String> added, List<String> removed, boolean reordered,
		List<String> errors) {

	static RouteChanges none() {
		return new RouteChanges(List.of(), List.of(), List.of(), false, List.of());
	}

	static RouteChanges refused(List<ConfigurationError> errors) {
		return new RouteChanges(List.of(), List.of(), List.of(), false,
				errors.stream().map(ConfigurationError::toString).toList());
	}

}
