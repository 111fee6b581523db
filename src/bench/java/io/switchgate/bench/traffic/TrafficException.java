package io.switchgate.bench.traffic;

/**
 * Says what went wrong between clients and upstream.
 */
public class TrafficException extends RuntimeException {

	TrafficException(String message) {
		super(message);
	}

}
