package io.switchgate.setting;

import org.jspecify.annotations.Nullable;

/**
 * A place in the configuration where settings are written.
 *
 * @param prefix what sentences say before the names of these settings
 */
public record Section(String prefix) {

	/**
	 * Settings that may stand in several places. Only the code that has read them knows
	 * where.
	 */
	public static final Section ANYWHERE = new Section("");

	/**
	 * Settings that a route has in its metadata.
	 */
	public static final Section METADATA = new Section("metadata ");

	/**
	 * Returns the properties below a name.
	 * @param name name, as in {@code switchgate.tunnel}
	 */
	public static Section below(String name) {
		return new Section(name + ".");
	}

	/**
	 * Refuses a setting unless a condition holds.
	 * @param name name of the setting in this section
	 * @param expected what is allowed, as in {@code > 0}
	 * @throws InvalidSettingException if the condition does not hold
	 */
	public void require(boolean condition, String name, @Nullable Object value, String expected) {
		if (!condition) {
			throw refusal(name, value, expected);
		}
	}

	/**
	 * Returns an exception that refuses a setting.
	 */
	public InvalidSettingException refusal(String name, @Nullable Object value, String expected) {
		return new InvalidSettingException(this, name, String.valueOf(value), expected);
	}

}
