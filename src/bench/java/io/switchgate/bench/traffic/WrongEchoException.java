package io.switchgate.bench.traffic;

/**
 * Says which message did not come back as it was sent. Figures of a proxy that changes
 * messages are worth nothing.
 */
public final class WrongEchoException extends TrafficException {

	WrongEchoException(String message) {
		super(message);
	}

}
