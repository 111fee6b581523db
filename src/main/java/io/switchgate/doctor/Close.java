package io.switchgate.doctor;

import java.time.Duration;
import java.util.Objects;

import io.switchgate.tunnel.CloseCause;
import io.switchgate.tunnel.Tunnel;

/**
 * How a tunnel ended.
 *
 * @param route route id
 * @param cause close cause
 * @param code close code
 * @param idle time since the last byte
 * @param lifetime time since the switch
 */
record Close(String route, CloseCause cause, int code, Duration idle, Duration lifetime) {

	static Close of(Tunnel tunnel) {
		return new Close(tunnel.terms().route(), Objects.requireNonNull(tunnel.cause()), tunnel.closeCode(),
				tunnel.snapshot().idle(), tunnel.age());
	}

	/**
	 * Returns a key for ends that the same timer may have caused.
	 */
	String kind() {
		return this.cause.code() + " " + this.code;
	}

}
