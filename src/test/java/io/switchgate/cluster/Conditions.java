package io.switchgate.cluster;

import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;

/**
 * What controllers say of an object in its status.
 */
final class Conditions {

	private Conditions() {
	}

	static boolean hold(JsonNode object, String type) {
		return StreamSupport.stream(object.at("/status/conditions").spliterator(), false)
			.anyMatch((condition) -> condition.path("type").asString().equals(type)
					&& condition.path("status").asString().equals("True"));
	}

}
