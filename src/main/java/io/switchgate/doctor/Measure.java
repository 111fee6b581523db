package io.switchgate.doctor;

import java.time.Duration;
import java.util.function.Function;

/**
 * Times of a tunnel that timers measure.
 */
enum Measure {

	/**
	 * Time since the last byte.
	 */
	IDLE(Close::idle),

	/**
	 * Time since the switch.
	 */
	LIFETIME(Close::lifetime);

	private final Function<Close, Duration> time;

	Measure(Function<Close, Duration> time) {
		this.time = time;
	}

	double seconds(Close close) {
		return this.time.apply(close).toNanos() / 1e9;
	}

}
