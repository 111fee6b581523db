package io.switchgate.configuration;

import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * Something in the configuration that cannot work.
 *
 * @param place where it is written, if a file says so
 * @param message what is wrong, and what is allowed
 */
record ConfigurationError(@Nullable Place place, String message) {

	/**
	 * In the order of the files' lines, for somebody who corrects one error after the
	 * other.
	 */
	static final Comparator<ConfigurationError> BY_PLACE = Comparator.comparing(ConfigurationError::place,
			Comparator.nullsLast(Comparator.comparing(Place::file).thenComparingInt(Place::line)));

	@Override
	public String toString() {
		return (this.place != null) ? this.place + ": " + this.message : this.message;
	}

}
