package io.switchgate.probe;

/**
 * The command was called as nobody can understand it.
 */
final class MisuseException extends RuntimeException {

	MisuseException(String message) {
		super(message);
	}

}
