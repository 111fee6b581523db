package io.switchgate.routes;

/**
 * A configured route that cannot work.
 */
class InvalidRouteException extends RuntimeException {

	InvalidRouteException(String message) {
		super(message);
	}

	InvalidRouteException(String message, Throwable cause) {
		super(message, cause);
	}

}
