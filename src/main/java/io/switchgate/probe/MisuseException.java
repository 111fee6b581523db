package io.switchgate.probe;

/**
 * The command line is not valid.
 */
final class MisuseException extends RuntimeException {

	MisuseException(String message) {
		super(message);
	}

}
