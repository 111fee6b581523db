package io.switchgate.routes;

import java.util.HashMap;
import java.util.Map;

import io.switchgate.setting.InvalidSettingException;
import io.switchgate.setting.Section;

/**
 * Number of times that the routes had been changed when a route was created. Routes of
 * the first configuration have no entry for it in their metadata.
 *
 * @param number number of changes
 */
public record RouteGeneration(int number) {

	private static final String KEY = "switchgate.generation";

	public static RouteGeneration of(Map<String, Object> metadata) {
		return new RouteGeneration((Integer) metadata.getOrDefault(KEY, 0));
	}

	/**
	 * Refuses configured metadata that contain a generation.
	 * @throws InvalidSettingException if they do
	 */
	public static void requireNone(Map<String, Object> metadata) {
		Section.METADATA.require(!metadata.containsKey(KEY), KEY, metadata.get(KEY), "none, the gateway counts");
	}

	/**
	 * Adds this generation to a route's metadata.
	 */
	public Map<String, Object> addTo(Map<String, Object> metadata) {
		Map<String, Object> added = new HashMap<>(metadata);
		added.put(KEY, this.number);
		return added;
	}

}
