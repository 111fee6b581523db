package io.switchgate.configuration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.switchgate.setting.InvalidSettingException;
import io.switchgate.setting.Section;

/**
 * What happens to tunnels whose route was changed or removed.
 */
enum TunnelPolicy {

	/**
	 * They stay.
	 */
	KEEP,

	/**
	 * They are closed with close frames.
	 */
	DRAIN,

	/**
	 * They are closed at once.
	 */
	CUT;

	/**
	 * Name of the policy for a changed route, in its metadata.
	 */
	static final String ON_CHANGE = "on-change";

	/**
	 * Name of the policy for a removed route, in its metadata.
	 */
	static final String ON_REMOVAL = "on-removal";

	/**
	 * Reads a policy from the metadata of a route.
	 * @throws InvalidSettingException if there is no such policy
	 */
	static TunnelPolicy of(Map<String, Object> metadata, String name, TunnelPolicy otherwise) {
		Object value = metadata.get(name);
		if (value == null) {
			return otherwise;
		}
		return Arrays.stream(values())
			.filter((policy) -> policy.name().equalsIgnoreCase(value.toString()))
			.findFirst()
			.orElseThrow(() -> Section.METADATA.refusal(name, value, "one of " + names()));
	}

	private static String names() {
		return Arrays.stream(values()).map(TunnelPolicy::toString).collect(Collectors.joining(", "));
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
