package io.switchgate.transport;

import io.netty.channel.ChannelException;

/**
 * The process may open no further file for a connection to an upstream.
 */
public final class TooManyOpenFilesException extends ChannelException {

	private static final long serialVersionUID = 1;

	TooManyOpenFilesException(String message) {
		super(message, null, true);
	}

	TooManyOpenFilesException(String message, ChannelException cause) {
		super(message, cause, true);
	}

}
