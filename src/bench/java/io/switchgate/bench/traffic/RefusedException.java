package io.switchgate.bench.traffic;

/**
 * Says how a handshake was answered that got no tunnel.
 */
final class RefusedException extends TrafficException {

	private final String statusLine;

	private final String retryAfter;

	/**
	 * Creates what is thrown.
	 * @param statusLine first line of the answer
	 * @param retryAfter value of {@code Retry-After}, empty if there is none
	 */
	RefusedException(String statusLine, String retryAfter) {
		super("handshake answered with: " + statusLine);
		this.statusLine = statusLine;
		this.retryAfter = retryAfter;
	}

	boolean isUnavailable() {
		return this.statusLine.startsWith("HTTP/1.1 503");
	}

	/**
	 * Returns the seconds to wait, one if the answer names none.
	 */
	int retryAfter() {
		return this.retryAfter.matches("\\d{1,4}") ? Integer.parseInt(this.retryAfter) : 1;
	}

}
