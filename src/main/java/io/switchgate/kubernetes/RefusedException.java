package io.switchgate.kubernetes;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * The API server has refused a request.
 */
class RefusedException extends RuntimeException {

	private final int status;

	RefusedException(HttpResponseStatus status) {
		this(status.code(), "HTTP " + status);
	}

	private RefusedException(int status, String message) {
		super(message);
		this.status = status;
	}

	RefusedException expecting(String what) {
		return new RefusedException(this.status, getMessage() + " (expected: " + what + ")");
	}

	int status() {
		return this.status;
	}

}
