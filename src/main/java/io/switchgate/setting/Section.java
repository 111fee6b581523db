package io.switchgate.setting;

import org.jspecify.annotations.Nullable;

/**
 * Settings that are written in one place.
 *
 * @param prefix what sentences say before the names of these settings
 */
public record Section(String prefix) {

	/**
	 * Settings that may stand in several places: only who has read them knows in which.
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
	 * @param expected what can be there instead, as in {@code > 0}
	 * @throws InvalidSettingException if it does not
	 */
	public void require(boolean condition, String name, @Nullable Object value, String expected) {
		if (!condition) {
			throw refusal(name, value, expected);
		}
	}

	/**
	 * Returns what refuses a setting.
	 */
	public InvalidSettingException refusal(String name, @Nullable Object value, String expected) {
		return new InvalidSettingException(this, name, String.valueOf(value), expected);
	}

}
