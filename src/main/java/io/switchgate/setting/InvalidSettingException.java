package io.switchgate.setting;

/**
 * A setting has a value that is not valid. The message is a sentence, as in
 * {@code switchgate.tunnel.close-wait: PT0S (expected: > 0)}, so that code that does not
 * know this type, such as Spring, can print it.
 */
public final class InvalidSettingException extends IllegalArgumentException {

	private final String name;

	private final String fullName;

	private final String value;

	private final String expected;

	InvalidSettingException(Section section, String name, String value, String expected) {
		this.name = name;
		this.fullName = section.prefix() + name;
		this.value = value;
		this.expected = expected;
	}

	/**
	 * Returns the name of the setting in its section.
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the name of the setting as in the message.
	 */
	public String fullName() {
		return this.fullName;
	}

	public String value() {
		return this.value;
	}

	/**
	 * Returns what is allowed instead.
	 */
	public String expected() {
		return this.expected;
	}

	@Override
	public String getMessage() {
		return this.fullName + ": " + this.value + " (expected: " + this.expected + ")";
	}

}
