package io.switchgate.routes;

import java.util.List;

/**
 * What a reload did to the routes.
 *
 * @param changed ids of routes that are others than before
 * @param added ids of new routes
 * @param removed ids of routes that are gone
 * @param errors reasons why nothing was changed
 */
record RouteChanges(List<String> changed, List<String> added, List<String> removed, List<String> errors) {

	static RouteChanges none() {
		return new RouteChanges(List.of(), List.of(), List.of(), List.of());
	}

	static RouteChanges refused(List<ConfigurationError> errors) {
		return new RouteChanges(List.of(), List.of(), List.of(),
				errors.stream().map(ConfigurationError::toString).toList());
	}

}
